import { createHash } from 'node:crypto';

/** Ids are .NET ints. */
const MOST = 2 ** 31 - 1;

/** A positive id that depends on nothing but the words: the same record has the same id in every run of one seed. */
export function derivedId(...words: readonly (string | number)[]): number {
  const digest = createHash('sha256').update(words.join('\u0000')).digest();
  return (digest.readUInt32BE(0) % MOST) + 1;
}

/** The decimal with at least so many decimals, none lost: `4` is `4.00` in a database column. */
export function withScale(decimal: string, decimals: number): string {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return `${whole}.${fraction.padEnd(decimals, '0')}`;
}
