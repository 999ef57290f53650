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
  let failedUnseen = 0;
  for (const event of events) {
    const payloads = payloadsIn(event);
    for (const record of payloads.flatMap(recordsIn)) {
      const content = contentOf(record);
      if (content !== undefined) told.set(versionOf(record).digest, content);
    }
    // A local activity shows when it has ended, with what it was asked for: `at` is no later than anything it did. Of one that
    // failed, the ordinary one that follows for a delivery says it: nothing else is marked by local ones.
    if (payloads.some((payload) => textsOf(payload, 'activity_type').activity_type === 'markExported')) {
      const asked = payloads.map((payload) => textsOf(memberOf(payload, 'of'), 'uid', 'digest'));
      const { uid, digest } = asked.find((each) => each.uid !== '') ?? { uid: '', digest: '' };
      if (uid === '') failedUnseen += 1;
      else acknowledged.push({ uid, at: '', content: told.get(digest) ?? null });
    }
    if (event.activityTaskScheduledEventAttributes?.activityType?.name !== 'markExported') continue;
    for (const wanted of payloads) {
      const { uid, digest, kind } = textsOf(wanted, 'uid', 'digest', 'kind');
      const isSecondTry = kind === 'delivery' && failedUnseen > 0;
      if (isSecondTry) failedUnseen -= 1;
      acknowledged.push({ uid, at: isSecondTry ? '' : instantOf(event), content: told.get(digest) ?? null });
    }
  }
  return acknowledged;
}

const instantOf = ({ eventTime }: HistoryEvent): string =>
  new Date(Number(eventTime?.seconds ?? 0) * 1_000 + Math.floor((eventTime?.nanos ?? 0) / 1_000_000)).toISOString();

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
