import { parseEnv } from 'node:util';
import { NOT_UTF8, readWrittenText } from '../domain/values/written-json';

/** What a `.env` file sets, and what is wrong with it; each issue is one line that names the variable and the fix. */
export interface EnvFile {
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly issues: readonly string[];
}

/**
 * Reads a `.env` file as Node does, without its byte-order mark. A variable that is set twice would be what the last line
 * says, and one of Waybill's in another case would have no effect. Both are told, with their lines.
 *
 * @param isOurs whether a variable, in capitals, is one that Waybill reads
 */
export function readEnvFile(bytes: Uint8Array, isOurs: (name: string) => boolean): EnvFile {
  const text = readWrittenText(bytes);
  if (text === undefined) return { values: {}, issues: [`.env cannot be read: ${NOT_UTF8}`] };
  const values = parseEnv(text);
  const first = new Map<string, Assignment>();
  const issues = assignments(text).flatMap((assignment) => {
    const { name, line } = assignment;
    if (!Object.hasOwn(values, name)) return [];
    const capitals = name.normalize('NFKC').toUpperCase();
    const earlier = first.get(capitals);
    first.set(capitals, earlier ?? assignment);
    if (earlier?.name === name) {
      return [`${name} is set twice in .env, in lines ${earlier.line} and ${line}; remove one of them`];
    }
    return name !== capitals && isOurs(capitals)
      ? [`${name} in line ${line} of .env is not used; write it ${capitals}`]
      : [];
  });
  return { values, issues };
}

interface Assignment {
  readonly name: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Where Node finds a variable: at the beginning of a line that is not within quotes which are closed somewhere. */
function assignments(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  const lines = text.replaceAll('\r', '').split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const [, name, value = ''] = /^\s*([^=#\s][^=\n]*)=(.*)$/.exec(lines[index] ?? '') ?? [];
    if (name === undefined) continue;
    found.push({ name: name.trim().replace(/^export\s+/, ''), line: index + 1 });
    index += linesWithin(lines, index, value.trimStart());
  }
  return found;
}

/** How many lines a value goes on for: those up to its closing quote, where there is one. */
function linesWithin(lines: readonly string[], index: number, value: string): number {
  const quote = value.charAt(0);
  if (!`"'\``.includes(quote) || quote === '' || value.includes(quote, 1)) return 0;
  const end = lines.findIndex((line, at) => at > index && line.includes(quote));
  return end === -1 ? 0 : end - index;
}
