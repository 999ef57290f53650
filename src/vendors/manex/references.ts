/** Thrown when a reply's `$ref` points nowhere, or there are more of them than a reply of ManEx can need. */
export class BrokenReference extends Error {
  override readonly name = 'BrokenReference';
}

const mostReferences = 10_000;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const children = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];

/**
 * Every object that carries an `$id`, wherever it stands: a reference may come before what it refers to. What is itself a
 * reference is none of them: two that refer to each other would lead round for ever.
 */
function identified(root: unknown): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  const waiting: unknown[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (isObject(value) && typeof value['$id'] === 'string' && !('$ref' in value)) found.set(value['$id'], value);
    for (const child of children(value)) if (child !== undefined) waiting.push(child);
  }
  return found;
}

/**
 * Puts every `{"$ref": n}` back to the object with that `$id` and drops both marks (Json.NET's
 * PreserveReferencesHandling, vendors/manex.md §2), and spells member names as `names` does: the server matches names
 * without regard to case. An object may refer to its own parent; the result then does too.
 *
 * @throws BrokenReference
 */
export function resolveReferences(root: unknown, names: readonly string[]): unknown {
  const byId = identified(root);
  const spelling = new Map(names.map((name) => [name.toUpperCase(), name]));
  const resolved = new Map<unknown, Record<string, unknown>>();
  let references = 0;

  function target(id: unknown): unknown {
    references += 1;
    const found = typeof id === 'string' ? byId.get(id) : undefined;
    if (found === undefined || references > mostReferences) throw new BrokenReference('a $ref leads nowhere');
    return visit(found);
  }

  function visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    if ('$ref' in value) return target(value['$ref']);
    const known = resolved.get(value);
    if (known !== undefined) return known;
    const copy: Record<string, unknown> = { __proto__: null };
    resolved.set(value, copy);
    for (const [name, member] of Object.entries(value)) {
      if (name !== '$id') copy[spelling.get(name.toUpperCase()) ?? name] = visit(member);
    }
    return copy;
  }

  return visit(root);
}
