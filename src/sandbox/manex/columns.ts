import { RawNumber, type JsonTree } from './json';

/** A stored value: trimmed text, a decimal string, a flag, or null. Never a JavaScript number. */
export type Scalar = string | boolean | null;
export type Row = Readonly<Record<string, Scalar>>;

type Kind = 'char' | 'text' | 'number' | 'flag' | 'date' | 'null';

interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly width: number;
}

const blank: Readonly<Record<Kind, Scalar>> = { char: '', text: '', number: '0', flag: false, date: null, null: null };

const of =
  (kind: Kind, width = 0) =>
  (...names: readonly string[]): Column[] =>
    names.map((name) => ({ name, kind, width }));

const char = (width: number, ...names: readonly string[]): Column[] => of('char', width)(...names);
const text = of('text');
const number = of('number');
const flag = of('flag');
const date = of('date');
const unset = of('null');

/** SO/Get's header, in the order of the vendor's sample; widths are assumed (docs/vendors/manex.md#columns). */
export const headerColumns: readonly Column[] = [
  ...char(10, 'SONO', 'BLINKADD', 'SLINKADD', 'CUSTNO', 'SHIPNO'),
  ...[...date('ORDERDATE'), ...flag('TMPACK'), ...date('TMPACKDT'), ...char(8, 'TMPACKINIT')],
  ...[...flag('POACK'), ...date('POACKDT'), ...char(8, 'POACKINIT')],
  ...[...flag('PORECEIV'), ...char(8, 'POREINIT'), ...date('POREDT')],
  ...[...char(20, 'PONO', 'CUSTWONO'), ...text('SONOTE'), ...char(10, 'ORDPASSWD')],
  ...[...char(15, 'FOB', 'SHIPVIA', 'SHIPCHARGE'), ...flag('IS_CLOSED'), ...date('DATECHG'), ...text('SOFOOT')],
  ...[...char(10, 'ORD_TYPE', 'DELIV_TIME'), ...char(2, 'DELIV_AMPM'), ...char(10, 'BUYER'), ...number('SOAMOUNT')],
  ...[...char(10, 'ATTENTION'), ...char(2, 'GLDIVNO'), ...flag('IS_RMA'), ...char(10, 'ORIGINSONO', 'INVOICENO')],
  ...[...number('SOAMTDSCT', 'SOEXTEND', 'SOTAX'), ...flag('PRINTPRDT', 'SOAPPROVAL')],
  ...[...char(8, 'SOAPPRVINT'), ...date('SOAPPRVDT'), ...char(8, 'SAVEINT'), ...date('SAVEDT')],
  ...[...char(20, 'ACKPO_DOC'), ...char(15, 'TERMS'), ...number('SOPTAX', 'SOSTAX'), ...text('SOCHANGES')],
  ...[...char(20, 'BILLACOUNT'), ...unset('CustomerName'), ...flag('CanApproveSo'), ...text('UserId')],
];

/** A line of SODETAILList and ItemGet's object, without its two child lists. */
export const lineColumns: readonly Column[] = [
  ...[...char(10, 'UNIQUELN', 'UNIQ_KEY', 'SONO'), ...char(7, 'LINE_NO'), ...char(4, 'UOFMEAS')],
  ...[...number('EACHQTY', 'ORD_QTY', 'SHIPPEDQTY', 'BALANCE'), ...char(45, 'Sodet_Desc'), ...number('TRANS_DAYS')],
  ...[...date('FSTDUEDT'), ...char(2, 'DELIFREQ'), ...char(10, 'CATEGORY'), ...text('NOTE'), ...number('EXTENDED')],
  ...[...text('BULLETIN'), ...flag('WONOFLAG'), ...number('QTYFROMINV'), ...char(10, 'STATUS', 'W_KEY')],
  ...[...char(10, 'ORIGINUQLN', 'PRJUNIQUE', 'ARCSTATUS', 'PRODTPUNIQ', 'PRODTPUKLN'), ...number('CNFGQTYPER')],
  ...flag('MRPONHOLD', 'SOURCEINSP', 'FIRSTARTCL', 'LFCSTITEM', 'LWARRANTY'),
  ...[...char(25, 'PART_NUM'), ...unset('PRJCT_NUM'), ...char(8, 'REVISION')],
];

export const priceColumns: readonly Column[] = [
  ...[...char(10, 'PLPRICELNK', 'SONO'), ...char(45, 'DESCRIPTIO'), ...number('QUANTITY', 'PRICE', 'EXTENDED')],
  ...[...flag('TAXABLE', 'FLAT'), ...char(1, 'RECORDTYPE'), ...char(10, 'SALETYPEID', 'UNIQUELN')],
  ...[...char(13, 'PL_GL_NBR', 'COG_GL_NBR'), ...char(10, 'OrigPluniqLnk')],
];

export const dueDateColumns: readonly Column[] = [
  ...[...char(10, 'DUEDT_UNIQ', 'SONO'), ...date('DUE_DTS1', 'SHIP_DTS', 'COMMIT_DTS')],
  ...[...number('QTY', 'STDCHG', 'PRICHG', 'OTHCHG'), ...char(10, 'JOBPRI'), ...number('DAYMIN'), ...char(10, 'LOTNO')],
  ...[...flag('QUOTE_SEL'), ...date('START_DTS'), ...number('ACT_SHP_QT'), ...flag('ON_SCHED'), ...date('COMPL_DTS')],
  ...char(10, 'UNIQUELN'),
];

/** A new record: every column blank but for the given values. */
export function newRow(columns: readonly Column[], values: Row): Row {
  return { ...Object.fromEntries(columns.map(({ name, kind }) => [name, blank[kind]])), ...values };
}

/** The record's text in a column; '' where it holds none. */
export function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

/** Blanks fill a CHAR column; the vendor's samples show one of them, also where the column is empty. */
const padded = (value: string, width: number): string => (value.length < width ? `${value} ` : value);

function wireValue({ kind, width }: Column, value: Scalar | undefined): JsonTree {
  if (typeof value !== 'string') return value ?? null;
  if (kind === 'number') return new RawNumber(value);
  return kind === 'char' ? padded(value, width) : value;
}

/** The record as it goes on the wire: numbers as JSON numbers, CHAR columns padded (docs/vendors/manex.md#columns). */
export function wireRow(columns: readonly Column[], row: Row): Record<string, JsonTree> {
  return Object.fromEntries(columns.map((column) => [column.name, wireValue(column, row[column.name])]));
}
