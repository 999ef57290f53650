import type { temporal } from '@temporalio/proto';
import { versionOf } from '../../src/domain/case/news';
import type { AcknowledgedRow, Content } from './auditor/evidence';
import { deliveryContent, invoiceContent } from './versions';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/**
 * What a workflow set out to acknowledge, from its history: every mark names the version its owner took in, and what that
 * version said stands where its owner was told of it (its input, a signal, the result of a look).
 */
export function acknowledgedIn(events: readonly HistoryEvent[]): readonly AcknowledgedRow[] {
  const told = new Map<string, Content>();
  const acknowledged: AcknowledgedRow[] = [];
  const failedUnseen: string[] = [];
  for (const event of events) {
    const payloads = payloadsIn(event);
    for (const record of payloads.flatMap(recordsIn)) {
      const content = contentOf(record);
      if (content !== undefined) told.set(versionOf(record).digest, content);
    }
    // A local activity shows when it has ended, with when it began and what it was asked for. Of one that failed, the ordinary
    // one that follows for a delivery says what: nothing else is marked by local ones.
    const local = payloads.find((payload) => textsOf(payload, 'activity_type').activity_type === 'markExported');
    if (local !== undefined) {
      const at = asInstant(memberOf(local, 'original_schedule_time'));
      const asked = payloads.map((payload) => textsOf(memberOf(payload, 'of'), 'uid', 'digest'));
      const { uid, digest } = asked.find((each) => each.uid !== '') ?? { uid: '', digest: '' };
      if (uid === '') failedUnseen.push(at);
      else acknowledged.push({ uid, at, content: told.get(digest) ?? null });
    }
    if (event.activityTaskScheduledEventAttributes?.activityType?.name !== 'markExported') continue;
    for (const wanted of payloads) {
      const { uid, digest, kind } = textsOf(wanted, 'uid', 'digest', 'kind');
      const first = kind === 'delivery' ? failedUnseen.shift() : undefined;
      acknowledged.push({ uid, at: first ?? asInstant(event.eventTime), content: told.get(digest) ?? null });
    }
  }
  return acknowledged;
}

/** ISO instant of an event's time. */
export const asInstant = (time: unknown): string => {
  const [seconds, nanos] = ['seconds', 'nanos'].map((name) => Number(memberOf(time, name) ?? 0));
  return new Date((seconds ?? 0) * 1_000 + Math.floor((nanos ?? 0) / 1_000_000)).toISOString();
};

/** Every JSON payload of an event, at whatever place. */
function payloadsIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('data' in value && value.data instanceof Uint8Array) return parsed(value.data);
  return Object.values(value).flatMap(payloadsIn);
}

function parsed(data: Uint8Array): readonly unknown[] {
  const text = Buffer.from(data).toString('utf8');
  // An empty payload is no JSON, and says nothing.
  return text === '' ? [] : [JSON.parse(text)];
}

/** Whatever has a uid and a reference of an order in a payload, at whatever depth. */
function recordsIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(recordsIn);
  return 'uid' in value && 'orderRef' in value ? [value, ...inside] : inside;
}

/** Undefined for what is no record, but speaks of one. */
function contentOf(record: object): Content | undefined {
  const { quantity, unitPrice, status } = textsOf(record, 'quantity', 'unitPrice', 'status');
  if ('unitPrice' in record) return { quantity, unitPrice, status, shares: quantitiesIn(record, 'deliveries') };
  if ('deliveryRef' in record) return deliveryContent({ quantity, status });
  if (!('lines' in record)) return undefined;
  return invoiceContent({ lines: quantitiesIn(record, 'lines').map((each) => ({ quantity: each })) });
}

const quantitiesIn = (record: object, name: string): readonly string[] => {
  const rows: unknown = Reflect.get(record, name);
  return Array.isArray(rows) ? rows.map((row: unknown) => textsOf(row, 'quantity').quantity) : [];
};

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

function textsOf<N extends string>(value: unknown, ...names: readonly N[]): Record<N, string> {
  const entries = names.map((name) => {
    const member = memberOf(value, name);
    return [name, typeof member === 'string' ? member : ''] as const;
  });
  return Object.fromEntries(entries) as Record<N, string>;
}
