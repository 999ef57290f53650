import type { QueuedEvent } from './event-queue';
import type { CentraOptions } from './options';
import { CentraFault } from './refused';
import type { CentraState } from './state';
import { localTime, offsetTime } from './stockholm';
import { listOfEventType } from './updates';
import type { UpdateResult } from './updates';
import { idOf, isList, recordsOf, textOf } from './values';
import type { Values } from './values';

/** What one call returns at most. */
const PAGE = 100;

/** The record an event shows: as it is now, for an event carries the current state and no difference. */
function dataOf(state: CentraState, { type, key, data }: QueuedEvent, { eventData }: CentraOptions): Values {
  const list = listOfEventType.get(type);
  const current = list === undefined || key === '' ? undefined : state.records(list).get(key);
  return eventData === 'current' ? (current ?? data) : data;
}

const withNewField = (type: string, data: Values): Values =>
  type === 'order' ? { ...data, loyaltytier: 'gold' } : data;

/** An event as it is sent and as it stands in the ledger. */
function wireEvent(state: CentraState, event: QueuedEvent, options: CentraOptions): Values {
  const { id, type, entry, mission, at } = event;
  const date = options.eventDates === 'local' ? localTime(at) : offsetTime(at);
  const data = dataOf(state, event, options);
  return { id, type, entry, mission, date, data: { [type]: options.newFields ? withNewField(type, data) : data } };
}

function isOfType(wanted: string, { type }: QueuedEvent): boolean {
  return wanted === '' || wanted === 'all' || wanted === type;
}

/** The market an event is about; one that is about none belongs to no market. */
function marketOf(type: string, data: Values): string {
  return type === 'market' ? textOf(data, 'id') : idOf(data, 'market');
}

/**
 * The oldest hundred events that are not done, ascending. The limit holds for what the filters leave.
 * @throws CentraFault for a type that does not exist
 */
export function oldestEvents(state: CentraState, given: Values, options: CentraOptions): readonly Values[] {
  const type = textOf(given, 'type');
  if (type !== '' && type !== 'all' && !listOfEventType.has(type)) {
    throw new CentraFault('Client', `Unknown event type '${type}'`);
  }
  const markets = new Set(recordsOf(given, 'markets').map((market) => textOf(market, 'id')));
  const isWanted = (event: QueuedEvent): boolean =>
    isOfType(type, event) && (markets.size === 0 || markets.has(marketOf(event.type, dataOf(state, event, options))));
  return state.events.oldest(PAGE, isWanted).map((event) => wireEvent(state, event, options));
}

/** The ids of events_Done, as they were sent. */
export const doneIds = (given: Values): readonly string[] => {
  const { event } = given;
  return isList(event) ? event.map((id) => (typeof id === 'string' ? id.trim() : '')) : [];
};

/**
 * Takes events off the queue (docs/vendors/centra.md#events_done); an id that is not in it is worth a notice, no more.
 */
export function markDone(state: CentraState, ids: readonly string[]): UpdateResult {
  const gone = ids.filter((id) => !state.events.done(id));
  const notices = gone.map((id) => `Event ${id} is not in the queue`);
  return { errors: [], notices, effects: ids.length - gone.length };
}

/** The events' records of the ledger: all there ever were, those done marked so. */
export const eventLedger = (state: CentraState, options: CentraOptions): readonly Readonly<Record<string, unknown>>[] =>
  state.events.list().map((event) => ({ ...wireEvent(state, event, options), done: state.events.isDone(event.id) }));
