import type { WebOrder } from '../../domain/web-order/web-order';
import { bounds } from '../../domain/values/bounds';
import { printable } from '../../domain/values/printable';
import { answerError } from '../../transport/http/failure';
import type { Verdict } from '../../transport/http/outcome';
import type { VendorError } from '../../transport/http/vendor-error';
import type { FaultRow } from '../../transport/soap/soap';
import { issuesAsText } from '../../transport/formats/issues';
import { quote } from '../../transport/formats/secrets';
import type { SoapValue } from '../../transport/formats/soap-value';
import { anyOf, beginningOf, cutShort } from '../../transport/formats/wording';
import { readRecord } from '../../transport/reading/record';
import { inTurns } from '../../transport/reading/turns';
import { toWebOrder } from './mapping';
import { callOf, type Operation } from './operations';
import { Event, Events, Order, Result } from './schema';

/** How a text about our own login reads; the vendor documents none, not even whether it comes as a fault. */
export const LOGIN_REFUSAL = anyOf(
  /\b(?:log(?:ged)?[ -]?in|user ?name|credentials?|authenticat\w{1,9}|(?:not |un)authori[sz]ed|access denied)\b/i,
  /^\W{0,9}(?:wrong|invalid|incorrect|bad) password\b/i,
);

/**
 * What Centra's faults mean; none is documented. PHP's `Server` and Zend's `Receiver` prove nothing by themselves: they
 * stand for whatever broke, unless their text says in so many words that it was not done. `Client` and `Sender` are
 * refusals by SOAP's own rules.
 */
export const faults: readonly FaultRow[] = [
  {
    code: /^(?:Receiver|Server)/i,
    text: anyOf(
      cutShort,
      /unknown error|internal (?:server )?error|exception|\bSQL|database|connection|deadlock|time[d -]{0,3}out|memory|fatal|unavailable|maintenance|temporar|try again/i,
    ),
    verdict: 'inconclusive-fault',
  },
  { text: LOGIN_REFUSAL, verdict: 'credentials-refusal' },
  { text: /\b(?:refused|rejected)\b/i, verdict: 'vendor-refusal' },
];

/** What an update said besides yes. It means nothing went wrong (docs/vendors/centra.md#what-an-update-answers). */
export interface Accepted {
  readonly notices: readonly string[];
}

const errorOf = (operation: Operation, verdict: Verdict, code: string, reason: string): VendorError =>
  answerError(callOf(operation), verdict, code, reason);

/**
 * What the vendor says of an update; its refusals need not have a reason
 * (docs/vendors/centra.md#what-an-update-answers).
 *
 * @param secrets what must not be shown even where the vendor quotes it
 * @throws VendorError
 */
export function readAccepted(operation: Operation, value: SoapValue, secrets: readonly string[]): Accepted {
  if (typeof value === 'string' && value.trim().toUpperCase() === 'OK') return { notices: [] };
  const read = Result.safeParse(value);
  if (!read.success) throw badRecordError(operation, issuesAsText(read.error, { at: ['result'] }));
  const { success, errors, notices } = read.data;
  const told = (messages: readonly (string | null)[]): string[] =>
    messages.map((message) => quote(message ?? '', secrets)).filter((message) => message !== '');
  if (success) return { notices: told(notices) };
  const said = told(errors).join('; ');
  const verdict = LOGIN_REFUSAL.test(beginningOf(said)) ? 'credentials-refusal' : 'vendor-refusal';
  const reason = said === '' ? 'refused without a reason' : `refused: ${said}`;
  throw errorOf(operation, verdict, 'REFUSED', printable(reason, bounds.message));
}

/**
 * The events of a page, each as it came. A refused login may answer a read as if it were an update.
 *
 * @throws VendorError
 */
export function readPage(operation: Operation, value: SoapValue, secrets: readonly string[]): readonly unknown[] {
  if (hasMember(value, 'success')) {
    readAccepted(operation, value, secrets);
    throw errorOf(operation, 'unreadable', 'NO_RESULT', 'the answer holds no events');
  }
  const read = Events.safeParse(value);
  if (read.success && hasMember(value, 'events')) return read.data.events;
  throw badRecordError(
    operation,
    read.success ? 'events: is missing' : issuesAsText(read.error, { at: ['events_Get'] }),
  );
}

const badRecordError = (operation: Operation, fault: string): VendorError =>
  errorOf(operation, 'unreadable', 'BAD_RECORD', `unexpected answer: ${fault}`);

const hasMember = (value: SoapValue, name: string): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).includes(name);

/** The kinds an event may be asked for by; others may come all the same (docs/vendors/centra.md#events_get). */
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

/** A page that is full: more may wait behind it (docs/vendors/centra.md#events_get). */
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
  if (!read.success) return unreadableEvent(entry, issuesAsText(read.error, { at: ['event'] }));
  const event = { ...read.data, order: null, data: read.data.data ?? null };
  if (event.type !== 'order' || event.mission === 'delete') return event;
  const order = readRecord(Order, memberOf(event.data, 'order'), { at: ['data', 'order'] });
  return 'record' in order ? { ...event, order: toWebOrder(order.record) } : unreadableEvent(entry, order.fault);
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
