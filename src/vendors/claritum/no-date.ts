/** Longer is not one of these. */
const LONGEST = 64;

/**
 * Whether a text stands for no date: nothing, what the vendor's people see where none is set (`TBC`), and what PHP makes
 * of an empty column of its database: year 0, and the year before it that `0000-00-00` becomes (`-0001-11-30`), and the
 * year 1 of systems that count from there.
 */
export function isNoDate(text: string): boolean {
  const given = text.trim();
  return given.length <= LONGEST && (given === '' || /^(?:TBC$|[+-]?0*[01]-\d\d?-\d\d?(?:\D|$))/i.test(given));
}
