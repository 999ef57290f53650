import type { z } from 'zod';
import { printable } from '../../domain/values/printable';
import { answerError, callError, type CallName } from '../../transport/http/failure';
import type { VendorError } from '../../transport/http/vendor-error';
import { read } from '../../transport/reading/read';
import { ReaderLost } from '../../transport/reading/reader';
import { readRecord } from '../../transport/reading/record';
import { inTurns } from '../../transport/reading/turns';
import { issuesAsText } from '../../transport/formats/issues';
import { UnreadableText } from '../../transport/formats/unreadable-text';
import type { XmlContent, XmlShape } from '../../transport/formats/xml';
import { entriesOf, OrderHead, OrderLine, type WebSalesOrder } from './schema';

/** Which inner document is expected: any root, where no source names it. */
export type DocumentShape = Partial<XmlShape>;

/**
 * The content of the inner document, screened like any answer; null where it is nil.
 *
 * @param signal ends the reading of a large one
 * @throws VendorError
 */
export async function innerDocument(
  call: CallName,
  xml: string,
  shape: DocumentShape,
  signal: AbortSignal,
): Promise<XmlContent> {
  const root = shape.root ?? /<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)/.exec(xml)?.[1] ?? '';
  try {
    return await read({ text: xml }, { form: 'xml', ...shape, root }, signal);
  } catch (error) {
    if (error instanceof UnreadableText) {
      throw answerError(call, 'unreadable', error.code, `the result is not what the vendor documents (${error.code})`);
    }
    const code = error instanceof ReaderLost ? error.code : 'READER_DIED';
    throw callError(
      call,
      { phase: 'sent', ending: 'aborted', status: 200, verdict: 'unread' },
      { code, reason: 'the answer arrived, but Waybill stopped reading it' },
    );
  }
}

/**
 * An order, its lines in turns.
 *
 * @throws VendorError that names the members at fault, without their values
 */
export async function readOrder(call: CallName, content: unknown): Promise<WebSalesOrder> {
  const head = OrderHead.safeParse(content);
  if (!head.success) throw badRecordError(call, issuesAsText(head.error));
  const lines: WebSalesOrder['LineItems'][number][] = [];
  await inTurns(head.data.LineItems, (line, index) => {
    const parsed = readRecord(OrderLine, line, { at: ['LineItems', index] });
    if ('fault' in parsed) throw badRecordError(call, parsed.fault);
    lines.push(parsed.record);
  });
  return { ...head.data, LineItems: lines };
}

const badRecordError = (call: CallName, fault: string): VendorError =>
  answerError(call, 'unreadable', 'BAD_RECORD', `unexpected answer: ${fault}`);

/** A list entry that cannot be read: reported, so that the rest of the list goes on without it. */
interface UnreadableEntry {
  /** Null where even that is missing. */
  readonly sku: string | null;
  /** Names the members at fault by their path; holds no values. */
  readonly reason: string;
}

/** One whole list of the vendor's, in its order. */
export interface EntryList<T> {
  readonly records: readonly T[];
  readonly unreadable: readonly UnreadableEntry[];
}

/**
 * Reads every entry by itself, and lets others run in between; what the entries' elements are called is not known, so
 * every child is one.
 */
export async function readEntries<Wire, Domain>(
  content: XmlContent,
  schema: z.ZodType<Wire>,
  toDomain: (entry: Wire) => Domain,
): Promise<EntryList<Domain>> {
  const records: Domain[] = [];
  const unreadable: UnreadableEntry[] = [];
  await inTurns(entriesOf(content), (entry) => {
    const parsed = readRecord(schema, entry);
    if ('record' in parsed) records.push(toDomain(parsed.record));
    else unreadable.push({ sku: skuOf(entry), reason: parsed.fault });
  });
  return { records, unreadable };
}

function skuOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('SKU' in entry)) return null;
  return typeof entry.SKU === 'string' && entry.SKU !== '' ? printable(entry.SKU, 100) : null;
}
