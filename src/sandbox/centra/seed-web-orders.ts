import { createHash } from 'node:crypto';
import type { WebOrderAction } from '../centra-actions';

/** Four bytes that depend on nothing but the words: the same record is the same in every run of one seed. */
const bits = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('\u0000')).digest().readUInt32BE(0);

const line = (sku: string, quantity: number, discount = '0') => ({
  ...{ sku, quantity: String(quantity), price: '', discount },
});

/** What web order `index` of a seed is about: 0 one row, 1 two sizes of a product and a discount, 2 another currency. */
export function seedWebOrder(seed: number, index: number): WebOrderAction {
  const variety = bits(seed, 'web order', index);
  const sek = { currency: 'SEK', paid: true, shipping: '' };
  switch (index % 3) {
    case 0:
      return { ...sek, lines: [line('TEE100BLK-M', 1 + (variety % 3))] };
    case 1:
      return {
        ...sek,
        lines: [line('TEE100BLK-S', 1), line('TEE100BLK-M', 1 + (variety % 2)), line('0071', 2 + (variety % 3), '10')],
      };
    default:
      return { ...sek, currency: 'EUR', lines: [{ ...line('0071', 2 + (variety % 4)), price: '12.50' }] };
  }
}
