/** A JSON number written digit by digit as the decimal string says. */
export class RawNumber {
  constructor(readonly decimal: string) {}
}

export type JsonTree = string | number | boolean | null | RawNumber | readonly JsonTree[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: JsonTree;
}

/** Array.isArray does not narrow a readonly list. */
const isList = (value: JsonTree): value is readonly JsonTree[] => Array.isArray(value);

/**
 * Strict JSON as Json.NET writes it with PreserveReferencesHandling.Objects (docs/vendors/manex.md#jsonnet): every
 * object opens with an `$id`, counted from the outside in; an object that occurs again is only a `$ref`.
 */
export function writeJson(root: JsonObject): string {
  const ids = new Map<JsonTree, string>();

  function writeObject(value: JsonObject): string {
    const known = ids.get(value);
    if (known !== undefined) return `{"$ref":${JSON.stringify(known)}}`;
    const id = String(ids.size + 1);
    ids.set(value, id);
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${write(member)}`);
    return `{${[`"$id":"${id}"`, ...members].join(',')}}`;
  }

  function write(value: JsonTree): string {
    if (value instanceof RawNumber) return value.decimal;
    if (isList(value)) return `[${value.map(write).join(',')}]`;
    if (typeof value === 'object' && value !== null) return writeObject(value);
    return JSON.stringify(value);
  }

  return write(root);
}
