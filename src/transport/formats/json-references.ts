import type { JsonText } from './json';
import { UnreadableText } from './unreadable-text';

const mostReferences = 10_000;
/** Deeper nesting is no order, whether written or referred to. */
const mostDepth = 64;
/** Written out, a reply may be so many times as large as it came, or have so many values where that is more. */
const mostTimes = 4;
const smallSize = 100_000;

type Members = Readonly<Record<string, JsonText>>;

const isList = (value: JsonText | undefined): value is readonly JsonText[] => Array.isArray(value);
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const children = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];

interface Identified {
  readonly byId: ReadonlyMap<string, Members | 'several'>;
  /** Values that stand there, references not followed. */
  readonly written: number;
}

/**
 * Every object that carries an `$id`, wherever it stands: a reference may come before what it refers to. What is itself a
 * reference is none of them: two that refer to each other would lead round for ever.
 */
function identified(root: unknown): Identified {
  const byId = new Map<string, Members | 'several'>();
  const waiting: unknown[] = [root];
  let written = 0;
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    written += 1;
    if (isObject(value) && typeof value['$id'] === 'string' && !('$ref' in value)) {
      byId.set(value['$id'], byId.has(value['$id']) ? 'several' : value);
    }
    for (const child of children(value)) if (child !== undefined) waiting.push(child);
  }
  return { byId, written };
}

/**
 * Counts what the references make of a reply before anything is made of it. An object may refer to its own parent, but
 * no list to the object that it stands in.
 *
 * @throws UnreadableText BAD_REFERENCE
 */
function assertBounded(root: unknown, { byId, written }: Identified): void {
  const most = Math.max(smallSize, mostTimes * written);
  const sizes = new Map<Members, number>();
  const open = new Set<Members>();
  let references = 0;

  function target(id: unknown): Members {
    references += 1;
    const found = typeof id === 'string' ? byId.get(id) : undefined;
    if (found === 'several') throw new UnreadableText('BAD_REFERENCE');
    if (found === undefined || references > mostReferences) throw new UnreadableText('BAD_REFERENCE');
    return found;
  }

  function sizeOf(value: unknown, depth: number, isEntry: boolean): number {
    if (depth > mostDepth) throw new UnreadableText('BAD_REFERENCE');
    if (Array.isArray(value)) return sum(value, depth, true);
    if (!isObject(value)) return 1;
    const object = '$ref' in value ? target(value['$ref']) : value;
    if (open.has(object)) {
      if (isEntry) throw new UnreadableText('BAD_REFERENCE');
      return 1;
    }
    const known = sizes.get(object);
    if (known !== undefined) return known;
    open.add(object);
    const size = sum(Object.values(object), depth, false);
    open.delete(object);
    sizes.set(object, size);
    return size;
  }

  function sum(values: readonly unknown[], depth: number, areEntries: boolean): number {
    let size = 1;
    for (const value of values) size += sizeOf(value, depth + 1, areEntries);
    if (size > most) throw new UnreadableText('BAD_REFERENCE');
    return size;
  }

  sizeOf(root, 0, false);
}

/**
 * Puts every `{"$ref": n}` back to the object with that `$id` and drops both marks (Json.NET's
 * PreserveReferencesHandling, docs/vendors/manex.md#jsonnet), and spells member names as `names` does: the server
 * matches names without regard to case. A member that refers to the object around it is left out: nobody reads it, and
 * it has no end.
 *
 * @throws UnreadableText BAD_REFERENCE
 */
export function resolveReferences(root: JsonText, names: readonly string[]): JsonText {
  const found = identified(root);
  assertBounded(root, found);
  const spelling = new Map(names.map((name) => [name.toUpperCase(), name]));
  const targetOf = (id: unknown): Members | undefined => {
    const target = found.byId.get(String(id));
    return target === 'several' ? undefined : target;
  };
  /** Undefined while an object is being put together. */
  const resolved = new Map<Members, Members | undefined>();

  function visit(value: JsonText | undefined): JsonText | undefined {
    if (isList(value)) return value.map((each) => visit(each) ?? null);
    if (!isObject(value)) return value;
    if ('$ref' in value) return visit(targetOf(value['$ref']));
    if (resolved.has(value)) return resolved.get(value);
    resolved.set(value, undefined);
    const copy: Record<string, JsonText> = Object.create(null);
    for (const [name, member] of Object.entries(value)) {
      const whole = name === '$id' ? undefined : visit(member);
      if (whole === undefined) continue;
      const spelled = spelling.get(name.toUpperCase()) ?? name;
      if (spelled in copy) throw new UnreadableText('BAD_REFERENCE');
      copy[spelled] = whole;
    }
    resolved.set(value, copy);
    return copy;
  }

  return visit(root) ?? null;
}
