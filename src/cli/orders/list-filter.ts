/** A value in Temporal's list filter: in quotes, with a backslash before what would end it. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`;
