import { absolute, add, compare, isDecimal } from '../values/decimal';

/**
 * What the systems that an order is written to can hold, each limit once: the plan asks before anything is placed, the
 * policy is held to it when it is loaded, and the clients refuse what exceeds it. Where each comes from stands under
 * *Limits* in docs/vendors/<vendor>.md.
 */
export interface TextLimit {
  readonly system: 'ManEx' | 'NorthScope' | 'Claritum';
  /** As the vendor's documents name it. */
  readonly member: string;
  /** Characters. */
  readonly longest: number;
}

export interface FigureLimit extends Pick<TextLimit, 'system' | 'member'> {
  /** Before the point. */
  readonly digits: number;
  readonly decimals: number;
}

const textOf =
  (system: TextLimit['system']) =>
  (member: string, longest: number): TextLimit => ({ system, member, longest });
const figureOf =
  (system: TextLimit['system']) =>
  (member: string, digits: number, decimals: number): FigureLimit => ({ system, member, digits, decimals });

const manex = textOf('ManEx');
const northscope = textOf('NorthScope');

export const limits = {
  manex: {
    poNumber: manex('PoNo', 255),
    note: manex('SONOTE', 10_000),
    partNumber: manex('part_num', 25),
    revision: manex('revision', 4),
    unitOfMeasure: manex('uOfMeas', 4),
    description: manex('soDet_Desc', 45),
    saleTypeId: manex('saleTypeID', 10),
    /** UNIQUELN, PLPRICELNK, DUEDT_UNIQ, address links. */
    key: manex('UNIQUELN', 10),
    /** Texts whose width no document tells. */
    otherText: manex('a text', 255),
    quantity: figureOf('ManEx')('ord_qty', 9, 5),
    price: figureOf('ManEx')('price', 9, 5),
  },
  northscope: {
    companyId: northscope('Company', 15),
    sourceSystem: northscope('SourceSystem', 25),
    sourceTransactionId: northscope('SourceTransactionID', 25),
    orderId: northscope('Order', 25),
    poNumber: northscope('PurchaseOrder', 50),
    customerId: northscope('Customer', 50),
    addressId: northscope('ShipToAddress', 50),
    siteId: northscope('Site', 20),
    itemId: northscope('Item', 50),
    unitsUom: northscope('UnitsUOM', 25),
    units: figureOf('NorthScope')('Units', 13, 5),
  },
  claritum: {
    receiptRef: textOf('Claritum')('receiptRef', 50),
  },
} as const;

/** Claritum counts orders and receipts in whole numbers (`xsd:int`). */
const MOST_COUNTED = '2147483647';

/** Values of one filter of NorthScope's; more are asked for in portions. */
export const MOST_FILTER_VALUES = 200;

const LONGEST_FILTER_VALUE = 100;

/**
 * NorthScope concatenates a filter into its SQL, so a value is not trusted to the quotes alone. Letters, marks and
 * digits of any script and printable ASCII are let through; other punctuation is not, because a database that narrows
 * the text to its code page turns look-alikes of the quote (U+02BC, U+FF07) into the quote itself.
 */
const HARMLESS = /^[\p{Lu}\p{Ll}\p{Lo}\p{M}\p{Nd}\x20-\x7e]*$/u;
const STATEMENT_ENDS = /;|--|\/\*|\*\//;

/** Why NorthScope cannot be asked for a value, without the value; undefined where it can. */
export function filterFault(value: string): string | undefined {
  if (value.length > LONGEST_FILTER_VALUE) return `is longer than ${LONGEST_FILTER_VALUE} characters`;
  if (!HARMLESS.test(value)) return 'contains a control or look-alike character';
  if (value.includes('<![CDATA[')) return 'opens a CDATA section';
  return STATEMENT_ENDS.test(value) ? 'contains ; or a comment mark' : undefined;
}

/** Half surrogate pairs, control characters, what XML has no character for. */
const UNSENDABLE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

/** Whether the systems can be sent it as one line: no control characters, and nothing that XML cannot carry. */
const isOneLine = (value: string): boolean => !UNSENDABLE.test(value) && !value.includes('<![CDATA[');

/** What is wrong with a text for a member, as the end of a sentence that begins with the text; undefined where it fits. */
export function textFault({ system, member, longest }: TextLimit, value: string): string | undefined {
  if (value === '') return `is empty, and ${system} needs one as its ${member}`;
  if (value.length > longest)
    return `has ${value.length} characters, and ${system} takes at most ${longest} as its ${member}`;
  return isOneLine(value) ? undefined : `holds characters that ${system}'s ${member} cannot`;
}

/**
 * The figure as the member takes it: as it stands, else without the zeros that make it too long; undefined where it has
 * more digits or decimals than the member.
 */
export function fittingFigure(limit: Pick<FigureLimit, 'digits' | 'decimals'>, value: string): string | undefined {
  if (!isDecimal(value)) return undefined;
  return [value, add(value, '0')].find((written) => hasRoom(limit, written));
}

function hasRoom({ digits, decimals }: Pick<FigureLimit, 'digits' | 'decimals'>, figure: string): boolean {
  const [whole = '', fraction = ''] = figure.replace('-', '').split('.');
  return whole.length <= digits && fraction.length <= decimals;
}

/** The whole number that a figure is, as Claritum takes it (`100` for `100.00`); undefined where it is none, or too large. */
export function wholeNumber(figure: string): string | undefined {
  const whole = fittingFigure({ digits: MOST_COUNTED.length, decimals: 0 }, figure);
  return whole !== undefined && compare(absolute(whole), MOST_COUNTED) <= 0 ? whole : undefined;
}

/**
 * A text that only people read, made to fit: line breaks, tabs and control characters become blanks, runs of blanks one,
 * and what is too long is cut between two characters. Empty where nothing is left.
 */
export function fittingText(value: string, { longest }: Pick<TextLimit, 'longest'>): string {
  const line = value.replace(/[\p{Cc}\p{Cs}\p{Z}\uFFFE\uFFFF]+/gu, ' ').trim();
  if (line.length <= longest) return line;
  let cut = '';
  for (const character of wholeCharacters(line, longest)) {
    if (cut.length + character.length > longest) break;
    cut += character;
  }
  // A single character that is longer than the limit is cut within.
  return cut === '' ? line.slice(0, longest).replace(/\p{Cs}$/u, '') : cut.trimEnd();
}

/** A letter with its accents, and what a joiner makes one sign, stay together; only the beginning is looked at. */
const wholeCharacters = (value: string, longest: number): readonly string[] =>
  value.slice(0, longest + 1).match(/\P{M}(?:\u200D\P{M}|[\p{M}\u200D])*|\p{M}+/gu) ?? [];
