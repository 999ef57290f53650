/** The commercial order in ManEx (vendors/contract.md §B.5). Dates are calendar dates `YYYY-MM-DD`, never instants. */
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
  /** Trimmed and upper-cased: STANDARD, PRIORITY-1, CANCEL, CLOSED, ADMIN HOLD … an open set. */
  readonly status: string;
  readonly note: string;
  /** May be empty although prices exist: ask `priceGet` then (contract §B.5 op. 3). */
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
  readonly dueDate: string;
  readonly shipDate: string | null;
  readonly quantity: string;
}

/** Whether the header carries this purchase order number, as ManEx keeps it: blanks at the end are lost. */
const hasPoNo = ({ poNo }: SalesOrder, wanted: string): boolean => poNo === wanted.trimEnd();

/** How the note of a header begins that was withdrawn: it stays for ever, and is nobody's order any more. */
export const WITHDRAWN_NOTE = 'CANCELLED';

/** Whether the sales order is ours: it carries our purchase order number, or our marker in its note, and is not withdrawn. */
export const isOurs = (order: SalesOrder, poNo: string, marker: string): boolean =>
  !order.note.startsWith(WITHDRAWN_NOTE) && (hasPoNo(order, poNo) || order.note.includes(marker));
