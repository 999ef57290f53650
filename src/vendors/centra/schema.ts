import { z } from 'zod';
import { isDecimal, readDecimal } from '../../domain/values/decimal';
import { writtenInstant } from '../../domain/values/instant';
import { isNoDate } from '../../domain/values/no-date';
import { itemsOf } from '../../transport/formats/soap-value';

// What arrives (docs/vendors/centra.md), leaves as text. Unknown members are dropped: the vendor adds some without
// notice. Open sets stay open. What no rule of ours depends on may be missing or empty.

/** An identifier: one that was damaged on the way would name something else. */
const text = z
  .string()
  .trim()
  .min(1, 'is empty')
  .refine((value) => !value.includes('\uFFFD'), 'holds an invalid character (U+FFFD)');
const absent = (value: unknown): unknown => (value === undefined || value === '' ? null : value);
const optionalText = z.preprocess(absent, z.string().nullable());
const decimal = z
  .string()
  .transform((value) => readDecimal(value) ?? value)
  .refine(isDecimal, 'is not a decimal number');
const optionalDecimal = z.preprocess(absent, decimal.nullable());
const optionalInstant = optionalText.transform((value) => (value === null ? null : readInstant(value)));
/** `yes` and `true` are one, whatever the field (docs/vendors/centra.md#values); null where it is neither. */
const flag = z.preprocess((value) => {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return ['yes', 'true', '1'].includes(word) ? true : ['no', 'false', '0'].includes(word) ? false : null;
}, z.boolean().nullable());

const recordOrNull = <T extends z.ZodType>(record: T) => z.preprocess(absent, record.nullable());
/** One, none and many read alike: what repeats is an array only where the WSDL knows it. */
const repeated = <T extends z.ZodType>(entry: T) =>
  z.preprocess((value) => (isRecord(value) ? [value] : itemsOf(value)), z.array(entry));
/** The entries in an element around them, whatever else stands there. */
const listIn = <T extends z.ZodType>(name: string, entry: T) =>
  z.preprocess((container) => entriesOf(container, name), z.array(entry));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function entriesOf(container: unknown, name: string): readonly unknown[] {
  if (Array.isArray(container)) return container.flatMap((each) => entriesOf(each, name));
  if (!isRecord(container)) return typeof container === 'string' && container.trim() === '' ? [] : itemsOf(container);
  const entries = container[name];
  return isRecord(entries) ? [entries] : itemsOf(entries);
}

const Reference = z.object({ id: optionalText, description: optionalText });
const reference = recordOrNull(Reference);
/** An amount of money; its `id`, `key` and words are dropped. */
const amount = recordOrNull(z.object({ subtotal: optionalDecimal })).transform((read) => read?.subtotal ?? null);

const Address = z.object({
  company: optionalText,
  attn: optionalText,
  firstname: optionalText,
  lastname: optionalText,
  address1: optionalText,
  address2: optionalText,
  city: optionalText,
  state: optionalText,
  zipcode: optionalText,
  country: optionalText,
  email: optionalText,
  telephone: optionalText,
});
export type Address = z.infer<typeof Address>;

const Size = z.object({
  id: text,
  sku: optionalText,
  qty: decimal,
  preorder: flag,
  description: optionalText,
  orderitem: z.object({ id: text }),
});

const Product = z.object({
  id: text,
  tax: optionalDecimal,
  sku: optionalText,
  origprice: optionalDecimal,
  price: optionalDecimal,
  discount: optionalText,
  description: optionalText,
  variation: reference,
  sizes: listIn('size', Size).refine((sizes) => sizes.length > 0, 'is empty'),
  bundleinfo: recordOrNull(z.object({ isbundle: flag })),
});
export type Product = z.infer<typeof Product>;
const products = listIn('product', Product);
/** What is sold has a price; what is shipped, cancelled or refunded need not repeat it. */
const soldProducts = listIn('product', Product.extend({ price: decimal }));

const Refund = z.object({ id: text, status: optionalText, products });

const Shipment = z.object({
  id: text,
  paid: flag,
  shipped: flag,
  goodtogo: flag,
  created: optionalInstant,
  carrierinformation: recordOrNull(z.object({ carrier: optionalText, tracking: optionalText })),
  products,
  refunds: listIn('refund', Refund),
});
export type Shipment = z.infer<typeof Shipment>;

const Payment = z.object({
  type: optionalText,
  paid: flag,
  value: optionalDecimal,
  created: optionalInstant,
  transaction: optionalText,
});

const Payments = z.object({
  name: optionalText,
  type: optionalText,
  total: optionalDecimal,
  status: optionalText,
  method: optionalText,
  payment: repeated(Payment),
});
export type Payments = z.infer<typeof Payments>;

const Buyer = z.object({ id: optionalText, firstname: optionalText, lastname: optionalText, email: optionalText });

export const Order = z.object({
  id: text,
  ordernumber: optionalText,
  type: text,
  store: text,
  locked: flag,
  status: optionalText,
  ordertotal: optionalDecimal,
  currency: text,
  currencyrate: optionalDecimal,
  basecurrency: optionalText,
  created: optionalInstant,
  preferred_shipping_date: optionalText,
  buyer: recordOrNull(Buyer),
  account: reference,
  shipping: amount,
  handling: amount,
  voucher: amount,
  payments: recordOrNull(Payments),
  products: soldProducts,
  cancelled: products,
  /** The vendor's newer texts spell it so. */
  canceled: products,
  shipments: listIn('shipment', Shipment),
  customer: reference,
  shippingaddress: recordOrNull(Address),
  billingaddress: recordOrNull(Address),
  other: optionalText,
  ponumber: optionalText,
  market: reference,
  pricelist: reference,
});
export type Order = z.infer<typeof Order>;

export const Event = z.object({
  id: text,
  type: text,
  entry: optionalText,
  mission: optionalText,
  date: optionalInstant,
  /** Kept as it came, because its element may be of an undocumented kind. */
  data: z.unknown().optional(),
});
export type Event = z.infer<typeof Event>;

export const Events = z.object({
  events: z.unknown().transform((container): readonly unknown[] => entriesOf(container, 'event')),
});

/** As many as anybody reads. */
const MOST_MESSAGES = 100;
const messages = z.preprocess(
  (container) => entriesOf(container, 'message').slice(0, MOST_MESSAGES),
  z.array(optionalText),
);

/** What answers every update, and a refused login perhaps. */
export const Result = z.object({
  success: flag.pipe(z.boolean('is neither true nor false')),
  errors: messages,
  notices: messages,
});

/**
 * An instant as `YYYY-MM-DDTHH:mm:ssZ` (fractions dropped). Centra writes some with their offset and some without: those
 * are its own local time, Stockholm's (docs/vendors/centra.md#values). In the hour that autumn repeats, the earlier is
 * meant.
 *
 * @returns null for what is no instant, impossible dates and those that stand for none included: nothing may depend on it
 */
export function readInstant(given: string): string | null {
  const written = writtenInstant(given);
  if (written === undefined || isNoDate(given)) return null;
  const { date, time, offset } = written;
  const clock = Date.parse(`${date}T${time}${offset ?? 'Z'}`);
  if (Number.isNaN(clock)) return null;
  return new Date(offset === undefined ? fromStockholm(clock) : clock).toISOString().replace('.000Z', 'Z');
}

const HOUR_MS = 3_600_000;
const stockholm = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Stockholm', hour: '2-digit', hourCycle: 'h23' });

/** @param local the reading of the clock, as if it were UTC */
function fromStockholm(local: number): number {
  const clock = new Date(local).getUTCHours();
  const summer = local - 2 * HOUR_MS;
  return Number(stockholm.format(summer)) === clock ? summer : local - HOUR_MS;
}
