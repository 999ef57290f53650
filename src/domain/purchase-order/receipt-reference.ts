import { limits } from './limits';
import { sha256 } from '../values/sha256';

/** Stands in no identifier that Waybill takes in, so what follows it was added here. */
const MARK = '~';
const HASHED = 16;

/**
 * Our own reference of a goods receipt, `WB-<key>`: what a person looks for in Claritum when an answer was lost. Two keys
 * never have one reference: a key that is too long is cut, and its hash says which it was.
 *
 * @param key uid of the delivery, or the order reference.
 * @param part 1 for the first receipt of that key; a further one has its number behind it (`WB-<key>~2`).
 */
export function receiptReference(key: string, part = 1): string {
  const { longest } = limits.claritum.receiptRef;
  const suffix = part === 1 ? '' : `${MARK}${part}`;
  const plain = `WB-${key}${suffix}`;
  if (plain.length <= longest && !key.includes(MARK)) return plain;
  const hash = `${MARK}${sha256(key).slice(0, HASHED)}${suffix}`;
  const head = `WB-${key}`.slice(0, longest - hash.length).replaceAll(MARK, '-');
  return `${head.replace(/[\uD800-\uDBFF]$/, '')}${hash}`;
}
