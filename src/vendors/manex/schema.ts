import { z } from 'zod';
import { isDecimal, readDecimal } from '../../domain/values/decimal';
import { isNoDate } from '../../domain/values/no-date';

/**
 * ManEx's wire shapes (docs/vendors/manex.md#columns). Replies are read with numbers left as text; char columns come
 * padded with blanks, so every text loses its trailing ones. Unknown members are dropped.
 */
const Text = z.union([z.string(), z.boolean()]).transform((value) => String(value).trimEnd());
/** Sent back to ManEx as it is: one that was damaged on the way would name nothing, or something else. */
const Key = Text.refine((value) => value !== '', 'is empty').refine(
  (value) => !value.includes('\uFFFD'),
  'holds an invalid character (U+FFFD)',
);
const TextOrEmpty = Text.nullish().transform((value) => value ?? '');
const TextOrNull = Text.nullish().transform((value) => (value === undefined || value === '' ? null : value));
const Decimal = Text.transform((value) => readDecimal(value) ?? value).refine(isDecimal, 'is not a decimal number');
/** Nothing may depend on it where it is not shown as a number. */
const DecimalIfAny = Text.nullish().transform((value) => readDecimal(value ?? '') ?? null);
const DecimalOrZero = Decimal.nullish().transform((value) => value ?? '0');

/** `true`, `"True"`, `1`: booleans are shown in every one of these forms (docs/vendors/manex.md#jsonnet). */
const Flag = Text.transform((value, context) => {
  if (/^(true|1)$/i.test(value)) return true;
  if (/^(false|0)$/i.test(value)) return false;
  context.addIssue({ code: 'custom', message: 'is neither true nor false' });
  return z.NEVER;
});

/** `2014-11-13T00:00:00`, without zone: a calendar date, never an instant (docs/vendors/manex.md#columns). */
const DateText = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T|$)/, 'is not a date')
  .transform((value) => value.slice(0, 10))
  .pipe(z.iso.date('is not a date'));
/** FoxPro's empty date arrives as the first day of whatever it went through. */
const dateOrNull = (value: string | null): string | null => (value === null || isNoDate(value) ? null : value);
const CalendarDateOrNull = TextOrNull.transform(dateOrNull).pipe(DateText.nullable());

/** The envelope of all fifteen operations. `Code` decides nothing alone: PriceEdit succeeds with 403. */
export const Envelope = z.object({
  Code: Text,
  Message: Text,
  IsValidUser: Flag,
  // The newer document generation prints null as a string.
  ResponseObject: z
    .unknown()
    .optional()
    .transform((value) => (value === 'null' ? null : value)),
});
export type Envelope = z.infer<typeof Envelope>;

/** The web server's own body where the URL names no operation; it has no `Code`, and repeats the URL with the key. */
export const RoutingError = z.object({ Code: z.undefined().optional(), Message: Text });

export const Price = z.object({
  PLPRICELNK: Key,
  UNIQUELN: Key,
  PRICE: Decimal,
  QUANTITY: DecimalOrZero,
  SALETYPEID: TextOrEmpty,
});
export type Price = z.infer<typeof Price>;

export const DueDate = z.object({
  DUEDT_UNIQ: Key,
  UNIQUELN: Key,
  /** It must be there, though it may stand for none. */
  DUE_DTS1: Key.transform(dateOrNull).pipe(DateText.nullable()),
  SHIP_DTS: CalendarDateOrNull,
  QTY: Decimal,
});
export type DueDate = z.infer<typeof DueDate>;

/** The vendor's own samples show both child lists empty although prices and due dates exist. */
const ListOrEmpty = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((value) => value ?? []);

export const SalesOrderDetail = z.object({
  UNIQUELN: Key,
  LINE_NO: TextOrEmpty,
  PART_NUM: TextOrNull,
  REVISION: TextOrNull,
  Sodet_Desc: TextOrEmpty,
  ORD_QTY: Decimal,
  UOFMEAS: TextOrEmpty,
  BALANCE: DecimalIfAny,
  STATUS: TextOrEmpty,
  NOTE: TextOrEmpty,
  SOPRICESList: ListOrEmpty(Price),
  DueDateList: ListOrEmpty(DueDate),
});
export type SalesOrderDetail = z.infer<typeof SalesOrderDetail>;

/**
 * The order with its lines as they came: thousands of them are read in turns. A missing `SODETAILList` is refused: read as
 * *no lines*, it would have a line added a second time.
 */
export const SalesOrderHead = z.object({
  SONO: Key,
  CUSTNO: Key,
  PONO: TextOrEmpty,
  SONOTE: TextOrEmpty,
  IS_CLOSED: Flag,
  SODETAILList: z.array(z.unknown()),
});
export type SalesOrderHead = z.infer<typeof SalesOrderHead>;

/** Every member name we read, in the vendor's spelling; replies are matched to them without regard to case. */
export const memberNames: readonly string[] = [Envelope, SalesOrderHead, SalesOrderDetail, Price, DueDate].flatMap(
  ({ shape }) => Object.keys(shape),
);
