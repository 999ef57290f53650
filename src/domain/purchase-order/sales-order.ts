import { asQuantity, compare } from '../values/decimal';
import { asMoney } from './order-amounts';

/** The commercial order in ManEx (docs/vendors/manex.md). Dates are calendar dates `YYYY-MM-DD`, never instants. */
export interface SalesOrder {
  /** Ten digits, zero-padded, as ManEx stores it. */
  readonly soNo: string;
  readonly custNo: string;
  /** The customer's purchase order number; trailing blanks of the char column removed. */
  readonly poNo: string;
  readonly note: string;
  readonly isClosed: boolean;
  readonly lines: readonly SalesOrderLine[];
}

export interface SalesOrderLine {
  /** ManEx's key of the line (UNIQUELN), ten characters, case-sensitive. */
  readonly uniqueLn: string;
  readonly lineNo: string;
  /** Null in ManEx's own samples even for lines that have a part. */
  readonly partNumber: string | null;
  readonly revision: string | null;
  readonly description: string;
  readonly quantity: string;
  readonly unitOfMeasure: string;
  /** Nothing of it is left to ship: its balance, which is not ordered less shipped, is shown as 0. */
  readonly isShipped?: true;
  /** Trimmed and upper-cased: STANDARD, PRIORITY-1, CANCEL, CLOSED, ADMIN HOLD … an open set. */
  readonly status: string;
  readonly note: string;
  /** May be empty although prices exist: ask `priceGet` then (docs/vendors/manex.md#what-its-documents-leave-open). */
  readonly prices: readonly SalesOrderPrice[];
  /** May be empty although due dates exist. */
  readonly dueDates: readonly SalesOrderDueDate[];
}

export interface SalesOrderPrice {
  readonly plPriceLnk: string;
  readonly uniqueLn: string;
  readonly price: string;
  readonly quantity: string;
  readonly saleTypeId: string;
}

export interface SalesOrderDueDate {
  readonly dueDtUniq: string;
  readonly uniqueLn: string;
  /** Null where none is set: it is none of ours then. */
  readonly dueDate: string | null;
  readonly shipDate: string | null;
  readonly quantity: string;
}

/** What the purchase order would have in ManEx; by it, what stands under its number is judged. */
export interface OwnSalesOrder {
  /** `lineMarker` of the order, in the notes of header and line. */
  readonly marker: string;
  readonly custNo: string;
  readonly poNo: string;
  readonly partNumber: string;
  readonly quantity: string;
  readonly unitOfMeasure: string;
  readonly unitPrice: string;
  readonly currency: string;
  readonly dueDates: readonly { readonly dueDate: string; readonly quantity: string }[];
}

/** How the note of a header begins that was withdrawn: it stays for ever. */
export const WITHDRAWN_NOTE = 'CANCELLED';

/**
 * `unclear`: no rule can tell, so a person is asked; `isCancelled` where it is not to be gone on with as it stands.
 */
export type SalesOrderOwner =
  | { readonly kind: 'ours' | 'another' }
  | { readonly kind: 'unclear'; readonly because: readonly string[]; readonly isCancelled: boolean };

/**
 * Whose marker a note carries. Ours only where the note begins with it: a note that quotes our marker further on, or
 * breaks off within it (a column may cut it), is no proof. `perhaps` is such a note, `none` one without any marker.
 */
export function readNote(note: string, marker: string): 'ours' | 'another' | 'perhaps' | 'none' {
  const text = note.trimStart().replace(/^CANCELLED */i, '');
  if (text.startsWith(marker)) return 'ours';
  if (text !== '' && marker.startsWith(text)) return 'perhaps';
  if (text.startsWith(MARKED)) return 'another';
  return note.includes(marker) ? 'perhaps' : 'none';
}

/** How every marker begins, whoever's it is. */
const MARKED = '[waybill ';

/**
 * Whose sales order stands under a number we may have used. A PO number is unique per customer only, and digits prove
 * nothing: what counts is our marker, and the content beside it. A header cannot be deleted, so that whatever is in
 * doubt is put to a person.
 *
 * @param standing null where ManEx refuses the number as taken and does not show it.
 * @param wasSent whether this order sent the number, with an end that may have been an effect.
 */
export function judgeSalesOrder(standing: SalesOrder | null, own: OwnSalesOrder, wasSent: boolean): SalesOrderOwner {
  const another = { kind: 'another' } as const;
  if (standing === null) return wasSent ? unclear(['ManEx has the number and does not show it']) : another;
  const note = readNote(standing.note, own.marker);
  if (note === 'another') return another;
  const isCancelled = isCancelledOrder(standing);
  const because = [
    ...(isCancelled ? ['it is cancelled or closed'] : []),
    ...headerDifferences(standing, own),
    ...lineDifferences(standing, own),
  ];
  if (note === 'ours') return because.length === 0 ? { kind: 'ours' } : unclear(because, isCancelled);
  if (!isSameCustomer(standing, own)) return another;
  const isLikeOurs = note === 'perhaps' && standing.poNo === own.poNo.trimEnd();
  if (!wasSent && !isLikeOurs) return another;
  return unclear([`its note does not begin with our marker ${own.marker}`, ...because], isCancelled);
}

const unclear = (because: readonly string[], isCancelled = false): SalesOrderOwner => ({
  kind: 'unclear',
  because,
  isCancelled,
});

/** Whether a line asks for nothing more: ended by its status, or shipped by ManEx itself, which then lets its status be. */
export const isComplete = ({ status, isShipped }: Pick<SalesOrderLine, 'status' | 'isShipped'>): boolean =>
  /^(CANCEL|CLOSED)/.test(status) || isShipped === true;

/**
 * Whether the lists of a sales order say all there is. Some servers leave them empty although there is something in them,
 * some answers of others do too: an empty list counts where the server has filled one before, and no price is known that
 * it does not show.
 *
 * @param salesOrder its prices are known by asking for them, its own lists where `fillsLists`.
 */
export const showsItsLists = (
  { fillsLists, lines }: Pick<SalesOrder, 'lines'> & { readonly fillsLists: boolean },
  hasFilledOne: boolean,
): boolean => fillsLists || (hasFilledOne && lines.every(({ prices }) => prices.length === 0));

/** Withdrawn by us or by somebody else: what is added to it now would not be fulfilled. */
const isCancelledOrder = ({ note, isClosed, lines }: SalesOrder): boolean =>
  isClosed || /^\s*CANCEL/i.test(note) || lines.some(({ status }) => /^(CANCEL|CLOSED)/.test(status));

/** ManEx keeps ten digits, whatever the policy writes. */
const isSameCustomer = (standing: SalesOrder, own: OwnSalesOrder): boolean =>
  standing.custNo.padStart(10, '0') === own.custNo.padStart(10, '0');

const unlike = (name: string, shown: string, wanted: string): string => `its ${name} is '${shown}', ours '${wanted}'`;

function headerDifferences(standing: SalesOrder, own: OwnSalesOrder): string[] {
  return [
    ...(isSameCustomer(standing, own) ? [] : [unlike('customer', standing.custNo, own.custNo)]),
    // The blanks at the end of a char column are lost.
    ...(standing.poNo === own.poNo.trimEnd() ? [] : [unlike('PO number', standing.poNo, own.poNo)]),
  ];
}

/** No line, price or due date at all is no difference: the order may have been interrupted before it had one. */
function lineDifferences({ lines }: SalesOrder, own: OwnSalesOrder): string[] {
  const ours = lines.filter(({ note }) => readNote(note, own.marker) === 'ours');
  return [
    ...(ours.length > 1 ? [`lines with our marker: ${ours.length}`] : []),
    ...(ours.length < lines.length ? [`lines without our marker: ${lines.length - ours.length}`] : []),
    ...ours.flatMap((line) => contentDifferences(line, own)),
  ];
}

function contentDifferences(line: SalesOrderLine, own: OwnSalesOrder): string[] {
  const { prices, dueDates } = line;
  const strays = withoutOwn(dueDates, own);
  return [
    ...(compare(line.quantity, own.quantity) === 0
      ? []
      : [unlike('quantity', asQuantity(line.quantity), asQuantity(own.quantity))]),
    ...(isSameUnit(line, own) ? [] : [unlike('unit', line.unitOfMeasure, own.unitOfMeasure)]),
    ...(isSamePart(line, own) ? [] : [unlike('part', line.partNumber ?? '', own.partNumber)]),
    ...prices
      .filter(({ price }) => compare(price, own.unitPrice) !== 0)
      .map(({ price }) => unlike('price', asMoney(price, own.currency), asMoney(own.unitPrice, own.currency))),
    ...(prices.length > 1 ? [`prices of its line: ${prices.length}`] : []),
    ...strays.map(
      ({ dueDate, quantity }) =>
        `it has a due date that is not ours: ${asQuantity(quantity)} on ${dueDate ?? 'no day'}`,
    ),
  ];
}

/** The due dates that are none of ours; two of ours may fall on one day with one quantity. */
function withoutOwn(shown: readonly SalesOrderDueDate[], { dueDates }: OwnSalesOrder): SalesOrderDueDate[] {
  const left = [...dueDates];
  return shown.filter((due) => {
    const at = left.findIndex((own) => own.dueDate === due.dueDate && compare(own.quantity, due.quantity) === 0);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** ManEx may not show the part, and keeps units in capitals, four characters of them. */
const isSamePart = ({ partNumber }: SalesOrderLine, own: OwnSalesOrder): boolean =>
  partNumber === null || partNumber === own.partNumber.trimEnd();
const keptUnit = (unit: string): string => unit.trim().slice(0, 4).toUpperCase();
const isSameUnit = ({ unitOfMeasure }: SalesOrderLine, own: OwnSalesOrder): boolean =>
  unitOfMeasure === '' || keptUnit(unitOfMeasure) === keptUnit(own.unitOfMeasure);

/**
 * The lines this order made: those whose note begins with our marker, and the one whose key it knows. One, or more where
 * a call whose outcome nobody knew took effect after all.
 */
export const ownLines = (
  order: SalesOrder | null | undefined,
  { marker, uniqueLn }: { readonly marker: string; readonly uniqueLn?: string | null | undefined },
): readonly SalesOrderLine[] =>
  order?.lines.filter((line) => line.uniqueLn === uniqueLn || readNote(line.note, marker) === 'ours') ?? [];

/** The lines that have our content and nobody's marker: ManEx may have kept the note of ours in part or not at all. */
export const linesLikeOurs = (order: SalesOrder | null, own: OwnSalesOrder): readonly SalesOrderLine[] =>
  order?.lines.filter(
    (line) =>
      ['none', 'perhaps'].includes(readNote(line.note, own.marker)) &&
      compare(line.quantity, own.quantity) === 0 &&
      isSameUnit(line, own) &&
      isSamePart(line, own),
  ) ?? [];

/** The prices of a line that are the agreed one: a price carries no reference, so amount and sale type must be ours. */
export const agreedPrices = (
  { prices }: SalesOrderLine,
  unitPrice: string,
  saleTypeId: string,
): readonly SalesOrderPrice[] =>
  prices.filter(
    (shown) => compare(shown.price, unitPrice) === 0 && ['', saleTypeId.trimEnd()].includes(shown.saleTypeId),
  );
