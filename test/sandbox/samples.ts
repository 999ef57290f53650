import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a vendor's document shows for one request, as it stands there: the requests, and where it shows one the answer. */
export interface Sample {
  readonly name: string;
  /** The parts in their order: `query`, `body`, `request` …, and what each holds. */
  readonly parts: readonly { readonly kind: string; readonly text: string }[];
}

/** The samples of `test/fixtures/<vendor>/samples.txt`: `=== name`, then its parts, each under `--- kind`. */
export function samplesOf(vendor: string): Sample[] {
  const file = readFileSync(join(__dirname, '../fixtures', vendor, 'samples.txt'), 'utf8');
  return file
    .split(/^=== /m)
    .slice(1)
    .map((section) => {
      const [name = '', ...parts] = section.split(/^--- /m);
      return {
        name: name.trim(),
        parts: parts.map((part) => {
          const end = part.indexOf('\n');
          return { kind: part.slice(0, end), text: part.slice(end + 1).replace(/\n$/, '') };
        }),
      };
    });
}

export const textsOf = ({ parts }: Sample, kind: string): string[] =>
  parts.filter((part) => part.kind === kind).map(({ text }) => text);

type Shape = string | readonly Shape[] | { readonly [member: string]: Shape };

/** Member names in their order and the kind of every value; of a list its first entry. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}
