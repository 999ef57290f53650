import { versionOf } from '../src/domain/case/news';
import { isAway } from '../src/domain/feed/absence';
import { FailureType } from '../src/domain/case/failure-types';
import type { Invoice } from '../src/domain/invoice/invoice';
import type { DeliveryReport, PurchaseOrder } from '../src/domain/purchase-order/purchase-order';
import type { CallOptions } from '../src/transport/http/call';
import { VendorError } from '../src/transport/http/vendor-error';
import type { ClaritumClient } from '../src/vendors/claritum/client';

/** The kinds of record that Claritum lists until they are marked, with what their owner knows of them. */
export interface Listed {
  readonly order: PurchaseOrder;
  readonly delivery: DeliveryReport;
  readonly invoice: Invoice;
}
export type ListedKind = keyof Listed;

/** One record in the version its owner took in. */
export interface Acknowledgement {
  readonly kind: ListedKind;
  readonly uid: string;
  /** Of an order, its reference: another record that has it is told. */
  readonly orderRef: string;
  /** Of the version that was taken in (`versionOf`). */
  readonly digest: string;
}

/**
 * How an acknowledgement ended. Only `marked` changed anything.
 *
 * - `changed`: listed with other content, which is `record`; nobody has taken that in yet.
 * - `absent`: not listed.
 * - `another`: the uid and the reference are of two records.
 * - `unreadable`: listed in a form that cannot be read.
 */
export type Acknowledged<K extends ListedKind = ListedKind> =
  | { readonly kind: 'marked' }
  | { readonly kind: 'changed'; readonly record: Listed[K] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'another'; readonly uid: string; readonly orderRef: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** A caller waiting for its record to be part of a batch. */
interface Waiting {
  readonly wanted: Acknowledgement;
  readonly options: Required<CallOptions>;
  resolve(ended: Acknowledged): void;
  reject(error: unknown): void;
}

const SHORTEST_WINDOW_MS = 10;
const LONGEST_WINDOW_MS = 1_000;
const LARGEST = 200;

/**
 * Marks records exported, each only in the version that its owner took in: Claritum is looked at first, and a look counts
 * only if it began after the caller came (ADR 16). One list and one mark serve all who wait in the same
 * moment. A batch that failed is looked at again and then sent one record at a time, so that one bad record fails alone.
 */
export class Acknowledger {
  readonly #claritum: ClaritumClient;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** As long as the last look took: the longer a list, the more callers share it. */
  #windowMs = SHORTEST_WINDOW_MS;

  constructor(claritum: ClaritumClient) {
    this.#claritum = claritum;
  }

  /**
   * Resolves with what became of the record; rejects with the VendorError of its own mark, or of the look before it: then
   * nothing was marked for this caller.
   */
  acknowledge(wanted: Acknowledgement, options: Required<CallOptions>): Promise<Acknowledged> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wanted, options, resolve, reject });
      if (this.#waiting.length >= LARGEST) this.#flush();
      else this.#timer ??= setTimeout(() => this.#flush(), this.#windowMs);
    });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#waiting;
    this.#waiting = [];
    void this.#serve(batch);
  }

  async #serve(batch: readonly Waiting[]): Promise<void> {
    const unchanged = await this.#look(batch, (waiting, error) => waiting.reject(notMarked(error)));
    if (unchanged.length === 0) return;
    try {
      await this.#mark(unchanged);
      for (const waiting of unchanged) waiting.resolve({ kind: 'marked' });
    } catch (error) {
      if (unchanged.length === 1) unchanged[0]?.reject(error);
      else await this.#apart(unchanged, error);
    }
  }

  /**
   * A failed batch may have been marked. A record that is no longer listed ends with the batch's failure, and its owner
   * looks again.
   */
  async #apart(batch: readonly Waiting[], failure: unknown): Promise<void> {
    const isRefusal = failure instanceof VendorError && failure.type === FailureType.VendorRejected;
    const reject = (waiting: Waiting): void => waiting.reject(failure);
    const still = await this.#look(batch, reject, isRefusal ? undefined : reject);
    // In parallel: one slow call must not use up the time of the others.
    await Promise.all(
      still.map(async (waiting) => {
        try {
          await this.#mark([waiting]);
          waiting.resolve({ kind: 'marked' });
        } catch (error) {
          // Not sent alone, perhaps because the time was up: what became of the batch is as unknown as before.
          waiting.reject(isNotSent(error) && !isNotSent(failure) && !isRefusal ? failure : error);
        }
      }),
    );
  }

  /**
   * Looks at the lists the batch needs, and settles whoever is not to be marked.
   *
   * @param failed called for everybody where a list cannot be had.
   * @param absent called for a record that is not listed, instead of telling its caller so.
   * @returns who is listed in the version that was taken in
   */
  async #look(
    batch: readonly Waiting[],
    failed: (waiting: Waiting, error: unknown) => void,
    absent?: (waiting: Waiting) => void,
  ): Promise<readonly Waiting[]> {
    const began = Date.now();
    const unchanged: Waiting[] = [];
    const kinds = [...new Set(batch.map(({ wanted }) => wanted.kind))];
    await Promise.all(
      kinds.map(async (kind) => {
        const waitings = batch.filter(({ wanted }) => wanted.kind === kind);
        let list: List;
        try {
          list = await this.#list(kind, shared(waitings));
        } catch (error) {
          for (const waiting of waitings) failed(waiting, error);
          return;
        }
        for (const waiting of waitings) {
          const found = compared(waiting.wanted, list);
          if (found === 'unchanged') unchanged.push(waiting);
          else if (absent !== undefined && isAway(found, waiting.wanted.uid)) absent(waiting);
          else waiting.resolve(found);
        }
      }),
    );
    this.#windowMs = Math.min(LONGEST_WINDOW_MS, Math.max(SHORTEST_WINDOW_MS, Date.now() - began));
    return unchanged;
  }

  #list(kind: ListedKind, { deadlineMs }: Required<CallOptions>): Promise<List> {
    switch (kind) {
      case 'order':
        return this.#claritum.getPurchaseOrders({}, { deadlineMs });
      case 'delivery':
        return this.#claritum.getDeliveries({}, { deadlineMs });
      case 'invoice':
        return this.#claritum.getPurchaseInvoices({}, { deadlineMs });
    }
  }

  #mark(batch: readonly Waiting[]): Promise<void> {
    const uids = [...new Set(batch.map(({ wanted }) => wanted.uid))];
    const { sendBy, deadlineMs } = shared(batch);
    return this.#claritum.markExported({ uids }, { sendBy, deadlineMs });
  }
}

/** One list of any of the kinds. */
interface List {
  readonly records: readonly (PurchaseOrder | DeliveryReport | Invoice)[];
  readonly unreadable: readonly { readonly uid: string | null; readonly reason: string }[];
}

/** What one call grants all of them: the shortest of each. The signal of one caller must not end the call of all. */
const shared = (batch: readonly Waiting[]): Required<CallOptions> => ({
  sendBy: Math.min(...batch.map(({ options }) => options.sendBy)),
  deadlineMs: Math.min(...batch.map(({ options }) => options.deadlineMs)),
  signal: new AbortController().signal,
});

function compared(wanted: Acknowledgement, { records, unreadable }: List): 'unchanged' | Acknowledged {
  // The last of several counts: it was written last.
  const found = records.findLast(({ uid }) => uid === wanted.uid);
  const refused = unreadable.find(({ uid }) => uid === wanted.uid);
  if (found === undefined && refused !== undefined) return { kind: 'unreadable', reason: refused.reason };
  if (wanted.kind !== 'order') {
    if (found === undefined) return { kind: 'absent' };
    return versionOf(found).digest === wanted.digest ? 'unchanged' : { kind: 'changed', record: found };
  }
  const named = records.find((record) => record.orderRef === wanted.orderRef);
  const other = found ?? named;
  if (other === undefined) return { kind: 'absent' };
  if (other.uid !== wanted.uid || other.orderRef !== wanted.orderRef)
    return { kind: 'another', uid: other.uid, orderRef: other.orderRef ?? '' };
  return versionOf(other).digest === wanted.digest ? 'unchanged' : { kind: 'changed', record: other };
}

const isNotSent = (error: unknown): boolean =>
  error instanceof VendorError &&
  (error.type === FailureType.VendorUnavailable || error.type === FailureType.VendorThrottled);

/** A look that failed leaves no doubt about the mark: it was not sent. A refusal stays one. */
function notMarked(error: unknown): unknown {
  if (!(error instanceof VendorError)) return error;
  if (error.type === FailureType.VendorRejected || error.type === FailureType.VendorUnauthorized) return error;
  const { vendor, operation, retryAfterMs } = error;
  return new VendorError({
    type: error.type === FailureType.VendorThrottled ? error.type : FailureType.VendorUnavailable,
    vendor,
    operation,
    code: 'NOT_LOOKED',
    message: `not marked, because Claritum could not be looked at before: ${error.message}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
