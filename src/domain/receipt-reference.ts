/** Claritum keeps so many characters of a receipt's reference (docs/vendors/claritum.md). */
const LONGEST = 50;

/**
 * The reference of the `count`-th receipt (1, 2 …) for one delivery: `WB-<uid>`, then `WB-<uid>-2`.
 */
export function deliveryReceiptRef(uid: string, count: number): string {
  const suffix = count === 1 ? '' : `-${count}`;
  return `WB-${uid}`.slice(0, LONGEST - suffix.length) + suffix;
}
