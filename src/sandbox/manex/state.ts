import { createHash } from 'node:crypto';
import { multiply, sum } from '../../domain/values/decimal';
import { textOf, type Row } from './columns';

export interface Line {
  row: Row;
  prices: Row[];
  dueDates: Row[];
}

export interface Order {
  row: Row;
  readonly lines: Line[];
  /** How many keys were generated for this order, deleted ones included: a key is never used again. */
  generated: number;
}

const hash = (text: string): bigint => BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);

/** Everything ManEx holds. */
export class ManExState {
  private readonly orders = new Map<string, Order>();
  /** Order of every key ever generated, so that a call about a deleted line is still known by its order. */
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly seed: number,
    readonly now: () => Date,
  ) {}

  order(soNo: string): Order | undefined {
    return this.orders.get(soNo);
  }

  /** By SONO, so that a listing does not tell who came first. */
  allOrders(): Order[] {
    return [...this.orders.values()].toSorted((a, b) => (textOf(a.row, 'SONO') < textOf(b.row, 'SONO') ? -1 : 1));
  }

  add(order: Order): void {
    this.orders.set(textOf(order.row, 'SONO'), order);
  }

  /** SONO of the order a UNIQUELN, PLPRICELNK or DUEDT_UNIQ was generated for. */
  ownerOf(key: string): string | undefined {
    return this.owners.get(key);
  }

  /** Ten characters, from the seed, the order and its own count: the same whatever else happens meanwhile. */
  generateKey(order: Order): string {
    const soNo = textOf(order.row, 'SONO');
    order.generated += 1;
    const key = `_${hash(`${this.seed}|${soNo}|${order.generated}`).toString(36).toUpperCase().slice(0, 9)}`;
    this.owners.set(key, soNo);
    return key;
  }

  /** A free number for an order that came without one, from the customer and the customer's number. */
  assignSoNo(custNo: string, poNo: string): string {
    for (let attempt = 1; ; attempt += 1) {
      const number = hash(`${this.seed}|${custNo}|${poNo}|${attempt}`) % 10_000_000_000n;
      const soNo = number.toString().padStart(10, '0');
      if (!this.orders.has(soNo)) return soNo;
    }
  }

  /** What ASP.NET calls a session; no credential. 24 characters. */
  sessionId(soNo: string): string {
    return hash(`${this.seed}|session|${soNo}`).toString(36).slice(0, 24);
  }

  line(uniqueLn: string): { readonly order: Order; readonly line: Line } | undefined {
    const order = this.orders.get(this.owners.get(uniqueLn) ?? '');
    const line = order?.lines.find(({ row }) => row['UNIQUELN'] === uniqueLn);
    return order !== undefined && line !== undefined ? { order, line } : undefined;
  }

  /** The line whose list holds the due date, with it. */
  dueDate(dueDtUniq: string): { readonly line: Line; readonly dueDate: Row } | undefined {
    const lines = this.orders.get(this.owners.get(dueDtUniq) ?? '')?.lines ?? [];
    for (const line of lines) {
      const dueDate = line.dueDates.find((row) => row['DUEDT_UNIQ'] === dueDtUniq);
      if (dueDate !== undefined) return { line, dueDate };
    }
    return undefined;
  }
}

/** Amounts follow from quantities and prices; a flat price does not multiply. */
export function pricedRow(line: Line, price: Row): Row {
  const quantity = textOf(line.row, 'ORD_QTY');
  const amount = textOf(price, 'PRICE');
  const extended = price['FLAT'] === true ? amount : multiply(amount, quantity);
  return { ...price, DESCRIPTIO: textOf(line.row, 'Sodet_Desc'), QUANTITY: quantity, EXTENDED: extended };
}

/** The line with its EXTENDED, the sum over its prices. */
export function extendedRow(line: Line): Row {
  const amounts = line.prices.map((price) => textOf(pricedRow(line, price), 'EXTENDED'));
  return { ...line.row, EXTENDED: sum(amounts) };
}

/** The header with its amounts, the sums over its lines. */
export function totalledRow(order: Order): Row {
  const total = sum(order.lines.map((line) => textOf(extendedRow(line), 'EXTENDED')));
  return { ...order.row, SOEXTEND: total, SOAMOUNT: total };
}

/** Lines by descending LINE_NO, the later of two equal ones first, as the vendor's sample lists them. */
export function descendingLines(order: Order): Line[] {
  return order.lines
    .toReversed()
    .toSorted((a, b) => textOf(b.row, 'LINE_NO').localeCompare(textOf(a.row, 'LINE_NO'), 'en'));
}
