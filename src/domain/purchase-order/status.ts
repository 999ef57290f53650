import type { ClaritumPolicy } from '../case/policy';

/**
 * What the status of a purchase order asks for. Claritum's page knows `authorised` only
 * (docs/vendors/claritum.md#records), and an installation may have more words: what nobody has explained is asked
 * about, never fulfilled unseen.
 */
export type OrderMeaning = 'go' | 'cancelled' | 'wait' | 'ask';

const GO: readonly string[] = ['', 'authorised', 'authorized'];
const CANCELLED: readonly string[] = ['cancelled', 'canceled', 'withdrawn'];

/** @param status as the record has it; case and blanks do not matter, absent is ''. */
export function orderMeaning(status: string, { orderStatuses }: Pick<ClaritumPolicy, 'orderStatuses'>): OrderMeaning {
  const word = plainWord(status);
  if (CANCELLED.includes(word)) return 'cancelled';
  if (GO.includes(word) || isAmong(orderStatuses.go, word)) return 'go';
  return isAmong(orderStatuses.wait, word) ? 'wait' : 'ask';
}

/** What the status of a delivery says of its goods: they have arrived, or they have not; null for a word nobody has explained. */
export type DeliveryMeaning = 'delivered' | 'under way' | null;

const DELIVERED: readonly string[] = ['delivered'];
const UNDER_WAY: readonly string[] = [
  '',
  'pending',
  'in progress',
  'scheduled',
  'allocated',
  'picked',
  'packed',
  'ready',
  'despatched',
  'dispatched',
  'shipped',
  'in transit',
  'out for delivery',
];

/** @param status as the record has it; case and blanks do not matter. */
export function deliveryMeaning(
  status: string,
  { deliveryStatuses }: Pick<ClaritumPolicy, 'deliveryStatuses'>,
): DeliveryMeaning {
  const word = plainWord(status);
  if (DELIVERED.includes(word) || isAmong(deliveryStatuses.delivered, word)) return 'delivered';
  return UNDER_WAY.includes(word) || isAmong(deliveryStatuses.underWay, word) ? 'under way' : null;
}

/** A word as it is compared: small letters, one blank between its parts, none around it. */
const plainWord = (word: string): string =>
  word
    .toLowerCase()
    .split(/[\s_-]/)
    .filter((part) => part !== '')
    .join(' ');

const isAmong = (words: readonly string[], word: string): boolean =>
  words.some((candidate) => plainWord(candidate) === word);
