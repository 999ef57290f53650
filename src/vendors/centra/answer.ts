import type { z } from 'zod';
import type { WebOrder } from '../../domain/web-order/web-order';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { inTurns, isTooLarge, MOST_VALUES } from '../../transport/reading/turns';
import { toWebOrder } from './mapping';
import { Event, Order } from './schema';

/** The kinds an event may be asked for by; others may come all the same (contract.md §C.2-7). */
export type EventType =
  | 'all'
  | 'account'
  | 'customer'
  | 'invoice'
  | 'market'
  | 'order'
  | 'paymentterm'
  | 'pricelist'
  | 'salesrep'
  | 'shippingterm'
  | 'size'
  | 'warehouse';

/** "This has changed", with its whole state: what has changed in it the vendor does not say. */
export interface ShopEvent {
  /** For `events_Done`. */
  readonly id: string;
  /** An open set. */
  readonly type: string;
  /** The id of what has changed. */
  readonly entry: string | null;
  /** `update` or `delete`. */
  readonly mission: string | null;
  /** Not fit for ordering: that is by `id`. */
  readonly date: string | null;
  /** What has changed, where it is an order that still is. */
  readonly order: WebOrder | null;
  /** The content of `data` as it came, whatever kind it is of: nothing is lost, texts stay texts; null where there is none. */
  readonly data: unknown;
}

/** An event that cannot be read: reported, so that the rest of the page goes on; done it must be all the same. */
export interface UnreadableEvent {
  /** Null where even that is missing: such an event can never be done. */
  readonly id: string | null;
  readonly type: string | null;
  /** Names the members at fault by their path; holds no values. */
  readonly reason: string;
  /** The whole event as it came. */
  readonly data: unknown;
}

/** At most the hundred oldest events that are not done, by id; one that is listed twice stands here twice. */
export interface EventPage {
  readonly events: readonly ShopEvent[];
  readonly unreadable: readonly UnreadableEvent[];
}

/** A page that is full: more may wait behind it (contract.md §B.2). */
export const FULL_PAGE = 100;

/** Reads every event by itself, and lets others run in between. */
export async function readEvents(entries: readonly unknown[]): Promise<EventPage> {
  const events: ShopEvent[] = [];
  const unreadable: UnreadableEvent[] = [];
  await inTurns(entries, (entry) => {
    const read = readEvent(entry);
    if ('reason' in read) unreadable.push(read);
    else events.push(read);
  });
  return { events: inIdOrder(events), unreadable };
}

/** Reads one event. */
export function readEvent(entry: unknown): ShopEvent | UnreadableEvent {
  const read = Event.safeParse(entry);
  if (!read.success) return unreadableEvent(entry, reasonOf(read.error, 'event'));
  const event = { ...read.data, order: null, data: read.data.data ?? null };
  if (event.type !== 'order' || event.mission === 'delete') return event;
  if (isTooLarge(event.data)) return unreadableEvent(entry, `data: has more than ${MOST_VALUES} values`);
  const order = Order.safeParse(memberOf(event.data, 'order'));
  return order.success
    ? { ...event, order: toWebOrder(order.data) }
    : unreadableEvent(entry, reasonOf(order.error, 'data.order'));
}

const unreadableEvent = (entry: unknown, reason: string): UnreadableEvent => ({
  id: wordOf(entry, 'id'),
  type: wordOf(entry, 'type'),
  reason,
  data: entry,
});

function wordOf(entry: unknown, name: string): string | null {
  const value = memberOf(entry, name);
  return typeof value === 'string' && value.trim() !== '' ? printable(value, 100) : null;
}

const memberOf = (record: unknown, name: string): unknown =>
  typeof record === 'object' && record !== null ? Object.entries(record).find(([key]) => key === name)?.[1] : undefined;

/** The vendor promises this order; ids that are no numbers, which it never had, stay as they came. */
function inIdOrder(events: readonly ShopEvent[]): readonly ShopEvent[] {
  if (!events.every(({ id }) => /^\d+$/.test(id))) return events;
  return events
    .map((event) => ({ event, number: BigInt(event.id) }))
    .toSorted((left, right) => (left.number < right.number ? -1 : left.number > right.number ? 1 : 0))
    .map(({ event }) => event);
}

/** The first faults of a record, as `data.order.products.0.sizes.0.qty: is no decimal number; …`. */
export const reasonOf = (error: z.ZodError, root: string): string =>
  printable(
    error.issues.map(({ path, message }) => `${[root, ...path].join('.')}: ${message}`).join('; '),
    bounds.message,
  );
