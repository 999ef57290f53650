import { sha256 } from '../values/sha256';

const DIGITS = 10;

/**
 * The `attempt`-th candidate (0, 1, 2 …) for the ManEx SoNo of an order: ten digits, zero-padded, the same on every
 * replay and on every worker. Candidate 0 is the digits of the order reference where there are one to ten of them, so
 * that people recognise it; when ManEx holds that number for somebody else, or there are more digits, the next is
 * SHA-256(orderRef `#` attempt) mod 10^10 (docs/promises.md#manex).
 */
export function salesOrderNumber(orderRef: string, attempt: number): string {
  const digits = orderRef.replace(/\D/g, '');
  if (attempt === 0 && digits.length > 0 && digits.length <= DIGITS) return digits.padStart(DIGITS, '0');
  const hashed = BigInt(`0x${sha256(`${orderRef}#${attempt}`)}`) % 10n ** BigInt(DIGITS);
  return hashed.toString().padStart(DIGITS, '0');
}

/** NorthScope's OrderID of one delivery: SoNo-sequence. */
export const warehouseOrderId = (soNo: string, sequence: string): string => `${soNo}-${sequence}`;

/** Which of an order's keys may be its SoNo, by their form. */
export const salesOrderNumbersAmong = (keys: readonly string[]): string[] => keys.filter((key) => /^\d{10}$/.test(key));

/**
 * The marker in the notes of our ManEx order and line, by which they are found again after a lost answer. The brackets
 * keep CL-1 from being found in CL-10. It is ASCII, whatever the reference is: a note may not keep other characters, so
 * they are percent-encoded, as is what would end the marker or look encoded.
 */
export const lineMarker = (orderRef: string): string => `[waybill ${orderRef.replaceAll(NOT_PLAIN, encoded)}]`;

const NOT_PLAIN = /[^A-Za-z0-9 \-_./#&+():,]/gu;

/** Half of a surrogate pair is no character: nothing can encode it. */
const encoded = (character: string): string =>
  encodeURIComponent(character.replace(/\p{Cs}/u, '\uFFFD')).replaceAll(/[!'*~]/g, percent);

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
