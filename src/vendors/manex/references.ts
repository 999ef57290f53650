/** Thrown when a reply's `$ref` points nowhere, round or to several, or stands for more than any reply of ManEx can hold. */
export class BrokenReference extends Error {
  override readonly name = 'BrokenReference';
}

const mostReferences = 10_000;
/** Deeper nesting is no order, whether written or referred to. */
const mostDepth = 64;
/** Written out, a reply may be so many times as large as it came, or have so many values where that is more. */
const mostTimes = 4;
const smallSize = 100_000;

type Members = Readonly<Record<string, unknown>>;

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
 * @throws BrokenReference
 */
function assertBounded(root: unknown, { byId, written }: Identified): void {
  const most = Math.max(smallSize, mostTimes * written);
  const sizes = new Map<Members, number>();
  const open = new Set<Members>();
  let references = 0;

  function target(id: unknown): Members {
    references += 1;
    const found = typeof id === 'string' ? byId.get(id) : undefined;
    if (found === 'several') throw new BrokenReference('a $ref may mean several objects');
    if (found === undefined || references > mostReferences) throw new BrokenReference('a $ref leads nowhere');
    return found;
  }

  function sizeOf(value: unknown, depth: number, isEntry: boolean): number {
    if (depth > mostDepth) throw new BrokenReference('a $ref leads too deep');
    if (Array.isArray(value)) return sum(value, depth, true);
    if (!isObject(value)) return 1;
    const object = '$ref' in value ? target(value['$ref']) : value;
    if (open.has(object)) {
      if (isEntry) throw new BrokenReference('a $ref leads round');
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
    if (size > most) throw new BrokenReference('the references stand for more than any reply holds');
    return size;
  }

  sizeOf(root, 0, false);
}

/**
 * Puts every `{"$ref": n}` back to the object with that `$id` and drops both marks (Json.NET's
 * PreserveReferencesHandling, vendors/manex.md §2), and spells member names as `names` does: the server matches names
 * without regard to case. A member that refers to the object around it is left out: nobody reads it, and it has no end.
 *
 * @throws BrokenReference
 */
export function resolveReferences(root: unknown, names: readonly string[]): unknown {
  const found = identified(root);
  assertBounded(root, found);
  const spelling = new Map(names.map((name) => [name.toUpperCase(), name]));
  /** Undefined while an object is being put together. */
  const resolved = new Map<Members, Members | undefined>();

  function visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    if ('$ref' in value) return visit(found.byId.get(String(value['$ref'])));
    if (resolved.has(value)) return resolved.get(value);
    resolved.set(value, undefined);
    const copy: Record<string, unknown> = { __proto__: null };
    for (const [name, member] of Object.entries(value)) {
      const whole = name === '$id' ? undefined : visit(member);
      if (whole === undefined) continue;
      const spelled = spelling.get(name.toUpperCase()) ?? name;
      if (spelled in copy) throw new BrokenReference('a member stands there twice, in upper and lower case');
      copy[spelled] = whole;
    }
    resolved.set(value, copy);
    return copy;
  }

  return visit(root);
}
