import { adjustStock, transferStock } from './inventory-documents';
import { enterSalesOrders } from './order-documents';
import { Refused } from './refused';
import type { NorthScopeState } from './state';
import { isList, objectsOf, textOf, type Tree, type TreeObject } from './tree';
import { readXml, Unreadable, writeXml } from './wire';

/**
 * The inbound queue behind InsertInboundIntegration (docs/vendors/northscope.md#insertinboundintegration). An accepted
 * call is only a row with status New; it is worked off later, and its failure shows in the row alone.
 *
 * TransactionType (blanks do not count): `SO Order`, `IM Adjustment`, `IM Transfer`; any other becomes an error when
 * its turn comes. `Data` holds the document as child elements, or the same as escaped text.
 *
 * SO Order, after the vendor's document with the few names that creating an order needs, which are assumed
 * (docs/vendors/northscope.md#so-order):
 *
 *     <Data><SalesOrders><SalesOrder>
 *       <Header>
 *         <Company>WAYBILL</Company>             CompanyID, required
 *         <User>…</User>                         free, optional
 *         <Order>0000010231-1</Order>            OrderID, required, at most 50 characters
 *         <OrderType>Order</OrderType>           required; only Order can be created
 *         <Status>New</Status>                   required; only New creates
 *         <Dates>
 *           <OrderDate>2026-01-05</OrderDate>    optional, today
 *           <ShipByDate>2026-01-12</ShipByDate>  optional
 *         </Dates>
 *         <PurchaseOrder>PO-1</PurchaseOrder>    optional; shows as PONumber
 *         <Customer>ALPINE</Customer>            CustomerID, required
 *         <ShipToAddress>MAIN</ShipToAddress>    AddressID of that customer, required
 *         <Site>SEATTLE</Site>                   SiteID, required
 *         <Carrier>…</Carrier>                   optional; shows as CarrierID
 *       </Header>
 *       <Lines>
 *         <Line>
 *           <Item>0071</Item>                    ItemID, required
 *           <Sequence>1</Sequence>               whole number, optional, its position; shows as LineSort
 *           <Units>150</Units>                   above 0, at most five decimals, required
 *           <UnitsUOM>Each</UnitsUOM>            of the item's schedule, required
 *         </Line>
 *       </Lines>
 *     </SalesOrder></SalesOrders></Data>
 *
 * An order that exists is left as it is and the row completes. IM Adjustment and IM Transfer: the documented
 * TransactionHeader with its TransactionDetail; the same TransactionID adds its items again.
 */
export interface InboundRow {
  readonly InboundSK: string;
  readonly SourceSystem: string;
  readonly SourceTransID: string;
  readonly TransactionType: string;
  Status: 'New' | 'Completed' | 'Error';
  ErrorText: string | null;
  /** The document as XML text. */
  readonly Data: string;
}

type Document = (state: NorthScopeState, data: TreeObject) => void;

const documents: Readonly<Record<string, Document>> = {
  soorder: enterSalesOrders,
  imadjustment: adjustStock,
  imtransfer: transferStock,
};

const documentName = (transactionType: string): string => transactionType.replaceAll(/[\s_-]/g, '').toLowerCase();

/** The document in Data: its child elements, or the elements of its text. */
function dataOf(entry: TreeObject): TreeObject {
  const data: Tree | undefined = entry['Data'];
  const tree = typeof data === 'string' && data.trim().startsWith('<') ? readXml(data) : data;
  return typeof tree === 'object' && !isList(tree) ? tree : {};
}

/** Accepts `2019-12-2` as the sample writes it (docs/vendors/northscope.md#what-its-documents-leave-open). */
const isDate = (text: string): boolean => /^\d{4}-\d{1,2}-\d{1,2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text);

function limited(entry: TreeObject, name: string, isRequired: boolean): string {
  const value = textOf(entry, name);
  if (isRequired && value === '') throw new Refused(`${name} is required.`);
  if (value.length > 25) throw new Refused(`${name} must be at most 25 characters.`);
  return value;
}

interface Entry extends Pick<InboundRow, 'SourceSystem' | 'SourceTransID' | 'TransactionType' | 'Data'> {}

function entryOf(entry: TreeObject): Entry {
  const created = textOf(entry, 'Created');
  if (created !== '' && !isDate(created)) throw new Refused(`Created '${created}' is not a valid date.`);
  const row = {
    SourceSystem: limited(entry, 'SourceSystem', true),
    SourceTransID: limited(entry, 'SourceTransactionID', false),
    TransactionType: limited(entry, 'TransactionType', true),
    Data: writeXml(dataOf(entry)),
  };
  if (row.Data === '') throw new Refused('Data is required.');
  return row;
}

/** `<InboundIntegration>`, or `<Integ>` as the vendor's text calls it. */
const entriesOf = (content: TreeObject): readonly TreeObject[] => [
  ...objectsOf(content, 'InboundIntegration'),
  ...objectsOf(content, 'Integ'),
];

/** Business keys of an insertion: the orders of an SO Order, else the SourceTransactionID. */
export function inboundKey(content: TreeObject): string {
  const keys = entriesOf(content).flatMap((entry) => {
    const source = textOf(entry, 'SourceTransactionID');
    if (documentName(textOf(entry, 'TransactionType')) !== 'soorder') return [source];
    return orderIds(entry) ?? [source];
  });
  return [...new Set(keys)].toSorted().join(',');
}

function orderIds(entry: TreeObject): string[] | undefined {
  try {
    const orders = objectsOf(dataOf(entry), 'SalesOrders').flatMap((list) => objectsOf(list, 'SalesOrder'));
    const ids = orders.flatMap((order) => objectsOf(order, 'Header').map((header) => textOf(header, 'Order')));
    return ids.some((id) => id !== '') ? ids : undefined;
  } catch (error) {
    // Data that cannot be read names no order; the insertion itself refuses it.
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** What the queue holds. */
class Inbox {
  readonly rows: InboundRow[] = [];
  /** How often a SourceTransactionID of a source has come. */
  readonly seen = new Map<string, number>();
}

/** The queue and its clockwork. */
export class InboundQueue {
  readonly inbox = new Inbox();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly state: NorthScopeState,
    /** Milliseconds from the insertion until a row is worked off. */
    private readonly delayMs: number,
    /** Told when a row has been worked off by itself. */
    private readonly workedOff: () => void,
  ) {}

  get rows(): readonly InboundRow[] {
    return this.inbox.rows;
  }

  /** Sets the clock of what is New. */
  resume(): void {
    for (const row of this.rows) if (row.Status === 'New') this.workLater(row);
  }

  /**
   * Enqueues every entry of the request; a SourceTransactionID that is known already is no obstacle.
   *
   * @returns how many rows were added
   * @throws Refused before anything is added
   */
  insert(content: TreeObject): number {
    const entries = entriesOf(content).map(entryOf);
    if (entries.length === 0) throw new Refused('InboundIntegration is required.');
    for (const entry of entries) this.add(entry);
    return entries.length;
  }

  /** Works off everything that is New, in the order it came; the InboundSKs. */
  workOff(): string[] {
    const open = this.rows.filter(({ Status }) => Status === 'New');
    for (const row of open) this.work(row);
    return open.map(({ InboundSK }) => InboundSK);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  private add(entry: Entry): void {
    const source = JSON.stringify([entry.SourceSystem, entry.SourceTransID]);
    const repeats = this.inbox.seen.get(source) ?? 0;
    this.inbox.seen.set(source, repeats + 1);
    const sk = this.state.generateKey('inbound', entry.SourceSystem, entry.SourceTransID, String(repeats));
    const row: InboundRow = { InboundSK: sk, ...entry, Status: 'New', ErrorText: null };
    this.inbox.rows.push(row);
    this.workLater(row);
  }

  private workLater(row: InboundRow): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.work(row);
      this.workedOff();
    }, this.delayMs);
    timer.unref();
    this.timers.add(timer);
  }

  private work(row: InboundRow): void {
    if (row.Status !== 'New') return;
    try {
      const enter = documents[documentName(row.TransactionType)];
      if (enter === undefined) throw new Refused(`TransactionType '${row.TransactionType}' is not supported.`);
      enter(this.state, dataOf({ Data: row.Data }));
      row.Status = 'Completed';
    } catch (error) {
      row.Status = 'Error';
      row.ErrorText = error instanceof Error ? error.message : String(error);
    }
  }
}
