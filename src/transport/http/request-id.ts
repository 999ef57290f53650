/** A request id as a header brought it, or undefined where it holds anything but the usual characters. */
export function asRequestId(header: string | readonly string[] | undefined): string | undefined {
  const value = typeof header === 'string' ? header : header?.[0];
  return value !== undefined && /^[\w.:/+=-]{1,100}$/.test(value) ? value : undefined;
}
