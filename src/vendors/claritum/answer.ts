import type { z } from 'zod';
import { identifierFault } from '../../domain/values/identifier';
import { printable } from '../../domain/values/printable';
import { answerError } from '../../transport/http/failure';
import type { Verdict } from '../../transport/http/outcome';
import type { VendorError } from '../../transport/http/vendor-error';
import type { FaultRow } from '../../transport/soap/soap';
import { issuesAsText } from '../../transport/formats/issues';
import { anyOf, cutShort } from '../../transport/formats/wording';
import { inTurns, isTooLarge, MOST_VALUES } from '../../transport/reading/turns';
import { fromWire, wirePath, type FieldMapping } from './field-mapping';
import type { RecordName } from './fields';
import { callOf, type Operation } from './operations';

/**
 * What Claritum's faults mean. No text is documented. Its platform (docs/vendors/claritum.md#the-platform) answers
 * `Receiver: Unknown error` for whatever breaks, and `Receiver` with the message of an exception the vendor registered
 * for its callers: its own words, thrown on purpose. So a `Receiver` that speaks of the request is a refusal, and one
 * that speaks of the machine, like every `Server` (PHP itself), proves nothing. `Client` and `Sender` are refusals by
 * SOAP's own rules.
 */
export const faults: readonly FaultRow[] = [
  {
    code: /^(?:Receiver|Server)/i,
    text: anyOf(
      cutShort,
      /^\s*$/,
      /unknown error|internal (?:server )?error|exception|\bSQL|database|deadlock|time[d -]{0,3}out|connection|memory|fatal|unavailable|maintenance|temporar|try again/i,
    ),
    verdict: 'inconclusive-fault',
  },
  {
    text: /\b(?:credentials?|password|api uid|log(?:ged)? ?in|authenticat\w{1,9}|(?:not |un)authori[sz]ed|access denied|not available to the \w{1,30} role)\b/i,
    verdict: 'credentials-refusal',
  },
  {
    text: /^(?:uid|order|stock order|specification|attachment)\b.{0,100}\bdoes not exist\b/i,
    verdict: 'missing-record',
  },
  { code: /^Receiver/i, verdict: 'vendor-refusal' },
];

/** The error that a whole answer turned out to mean, once somebody has looked into it. */
export const errorOf = (operation: Operation, verdict: Verdict, code: string, reason: string): VendorError =>
  answerError(callOf(operation), verdict, code, reason);

/** A record that cannot be read: reported, so that the rest of the list goes on without it. */
interface UnreadableRecord {
  /** Null where even that is missing, or is no uid. */
  readonly uid: string | null;
  /** Names the members at fault by their path, and by the vendor's where it has another; holds no values. */
  readonly reason: string;
}

/** One whole list of the vendor's, in its order; a record that is listed twice stands here twice. */
export interface RecordList<T> {
  readonly records: readonly T[];
  readonly unreadable: readonly UnreadableRecord[];
}

/** What becomes of a record that has been read. */
export interface Taking<Wire, Domain> {
  readonly schema: z.ZodType<Wire>;
  readonly toDomain: (record: Wire) => Domain;
  /** What keeps it out, in one sentence. */
  readonly faultOf: (record: Domain) => string | undefined;
}

/** How an answer is read. */
interface RecordForm<Wire> {
  readonly schema: z.ZodType<Wire>;
  /** What it is a record of, where it is one. */
  readonly record: RecordName | undefined;
  readonly fields: FieldMapping;
}

/** Reads every entry by itself, and lets others run in between. */
export async function readRecords<Wire, Domain>(
  entries: readonly unknown[],
  reading: RecordForm<Wire>,
  { toDomain, faultOf }: Omit<Taking<Wire, Domain>, 'schema'>,
): Promise<RecordList<Domain>> {
  const records: Domain[] = [];
  const unreadable: UnreadableRecord[] = [];
  await inTurns(entries, (entry) => {
    const read = readRecord(entry, reading);
    if (!('record' in read)) {
      unreadable.push({ uid: read.uid, reason: read.reason });
      return;
    }
    const record = toDomain(read.record);
    const fault = faultOf(record);
    if (fault === undefined) records.push(record);
    else unreadable.push({ uid: uidOf(record), reason: printable(`${fault}${nameOf(record)}`, LONGEST_REASON) });
  });
  return { records, unreadable };
}

/** By our names first, then by the schema; in one go, so that it must have an end. */
export function readRecord<Wire>(
  value: unknown,
  { schema, record, fields }: RecordForm<Wire>,
): { readonly record: Wire } | UnreadableRecord {
  if (isTooLarge(value)) return { uid: uidOf(value), reason: `the whole record has more than ${MOST_VALUES} values` };
  const named = record === undefined ? value : fromWire(fields, record, value);
  const read = schema.safeParse(named);
  if (read.success) return { record: read.data };
  const issues = read.error.issues.map(({ path, message }) => {
    const onWire = record === undefined ? undefined : wirePath(fields, record, path);
    return { path: onWire === undefined ? path : [`${path.join('.')} (there: ${onWire})`], message };
  });
  return { uid: uidOf(named), reason: printable(`${issuesAsText({ issues })}${nameOf(named)}`, LONGEST_REASON) };
}

/** What a person finds a record by that has no uid to be named by. */
function nameOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null || uidOf(entry) !== null) return '';
  const names = ['uid', 'orderRef'].flatMap((name) => {
    const value: unknown = Reflect.get(entry, name);
    return typeof value === 'string' && value !== '' ? [`${name} '${printable(value, LONGEST_NAME)}'`] : [];
  });
  return names.length === 0 ? '' : ` (it has the ${names.join(' and the ')})`;
}

const LONGEST_NAME = 40;

/** A reason is read in a list of many. */
const LONGEST_REASON = 200;

/** Null also for one that could not be shown as it is: it would name another record, or none. */
function uidOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('uid' in entry)) return null;
  return typeof entry.uid === 'string' && identifierFault(entry.uid) === undefined ? entry.uid : null;
}
