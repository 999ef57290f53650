/**
 * Records as they stand in Centra: the vendor's element names, every scalar as text, repeated elements as plain lists.
 * Records are never changed in place but replaced, so that what was written once need not be written again.
 */
export type Value = string | Values | readonly Value[];
export interface Values {
  readonly [member: string]: Value;
}

export const isValues = (value: Value | undefined): value is Values =>
  typeof value === 'object' && !Array.isArray(value);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** The member as text without blanks around it; empty where it is absent or no text. */
export function textOf(values: Values, member: string): string {
  const value = values[member];
  return typeof value === 'string' ? value.trim() : '';
}

/** The records in a list member; none where it is absent. */
export function recordsOf(values: Values, member: string): readonly Values[] {
  const value = values[member];
  return isList(value) ? value.filter((entry): entry is Values => isValues(entry)) : [];
}

/** The record in a member; empty where it is absent. */
export function recordOf(values: Values, member: string): Values {
  const value = values[member];
  return isValues(value) ? value : {};
}

/** The `<id>` of the record in a member (`orderitem`, `variation`, `market`). */
export const idOf = (values: Values, member: string): string => textOf(recordOf(values, member), 'id');

/** The values but for these members. */
export const without = (values: Values, ...members: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !members.includes(name)));
