/** The system's code of an error (`ENOENT`, `ESRCH` …), or undefined where it has none. */
export const errno = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
