/**
 * Records as they stand in the sandbox: the vendor's member names, every scalar as text. Records are never changed in
 * place but replaced, so that what was written once need not be written again.
 */
export type Value = string | boolean | null | Values | readonly Value[];
export interface Values {
  readonly [member: string]: Value;
}

export const isValues = (value: Value | undefined): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** The member as text; empty where it is absent, nil or no text. */
export function textOf(values: Values, member: string): string {
  const value = values[member];
  return typeof value === 'string' ? value : '';
}
