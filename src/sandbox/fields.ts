/** A JSON object as it came over the control API: nothing is known of its members yet. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The system's code of an error (`ESRCH`, `EADDRINUSE`), by its look: an error of another realm is no `Error` of ours. */
export const systemCode = (error: unknown): unknown => (isFields(error) ? error['code'] : undefined);
