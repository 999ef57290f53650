import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDecimal, isPositive, plain, readDecimal } from '../../domain/values/decimal';
import { readDayOrInstant, readInstant } from '../../domain/values/instant';
import { isNoDate } from '../../domain/values/no-date';
import type { PurchaseOrder } from '../../domain/purchase-order/purchase-order';
import { purchaseOrderFault } from '../../domain/feed/screening';
import { readWrittenJson } from '../../domain/values/written-json';
import { CliError } from '../../terminal/cli-error';
import { errno } from '../../terminal/errno';
import { lines, say } from '../../terminal/output';
import { isOrderReference, ORDER_REFERENCE } from './order-reference';

/** JSON numbers lose digits beyond this; such a value must come as text. */
const exact = z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), {
  message: 'is too long for a JSON number; write it in quotes',
});
const asText = z.union([z.string(), exact.transform(String)], { error: 'must be text or a number' });

const text = asText.refine((value) => value.trim() !== '', 'must not be empty');
const decimal = asText
  .transform((value) => readDecimal(value) ?? value)
  .refine(isDecimal, 'must be a decimal like 12.50');
const positive = decimal
  .refine((value) => !isDecimal(value) || isPositive(value), 'must be more than 0')
  .transform(plain);
const nullable = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null);
/** As Claritum's own are read: one instant in two notations would look like an amendment. */
const readAs = (read: (value: string) => string | undefined, message: string) =>
  z.string().transform((value, context) => {
    const known = read(value);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
const instant = readAs(readInstant, 'must be an instant like 2026-01-05T09:00:00Z');
/** A calendar day stays that day in every zone; what stands for no date is none. */
const date = z.preprocess(
  (value) => (value === undefined || (typeof value === 'string' && isNoDate(value)) ? null : value),
  readAs(readDayOrInstant, 'must be a day like 2026-01-05 or an instant like 2026-01-05T09:00:00Z').nullable(),
);

const Address = z.object({
  description: nullable(asText),
  company: nullable(asText),
  street: nullable(asText),
  city: nullable(asText),
  county: nullable(asText),
  postCode: nullable(asText),
  country: nullable(asText),
});

const Delivery = z.object({
  deliveryRef: text,
  sequence: asText.optional(),
  address: Address.default({
    description: null,
    company: null,
    street: null,
    city: null,
    county: null,
    postCode: null,
    country: null,
  }),
  quantity: positive,
  requiredDate: date,
  instructions: nullable(asText),
});

/** Claritum's purchase order record (docs/vendors/claritum.md#records); unknown fields are passed over. */
const Record = z.object({
  uid: text,
  orderRef: text.refine(isOrderReference, `must be ${ORDER_REFERENCE}`),
  poNumber: text,
  projectTitle: nullable(asText),
  customerName: text,
  supplierRef: nullable(asText),
  status: asText.default('authorised'),
  authorisedDate: date,
  deliveryDate: date,
  productCode: text,
  quantity: positive,
  unitPrice: decimal,
  unitOfMeasure: text,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like "GBP"'),
  net: decimal,
  tax: decimal,
  gross: decimal,
  buyer: nullable(z.object({ name: nullable(asText), email: nullable(asText), telephone: nullable(asText) })),
  deliveries: z.array(Delivery).min(1, 'must name at least one delivery'),
  attachments: z.array(z.object({ attachmentRef: text, fileName: text, mimeType: text })).default([]),
  lastModified: instant,
});

const NOTHING_STARTED = 'nothing was started';

/**
 * @param untouched what a person wants to know first of a fault: that nothing has happened.
 * @throws CliError with every fault of the record in one message.
 */
export function parsePurchaseOrder(
  json: Uint8Array | string,
  source: string,
  untouched = NOTHING_STARTED,
): PurchaseOrder {
  const given = parseJson(json, source, untouched);
  const { success, data, error } = Record.safeParse(given);
  if (!success) {
    const faults = error.issues.map(
      ({ path, message }) =>
        say`  ${path.join('.') || 'the record'}: ${isMissing(given, path) ? 'is missing' : plainly(message)}`,
    );
    throw new CliError(lines([say`${source} is not a purchase order; ${untouched}:`, ...faults]));
  }
  const deliveries = data.deliveries.map(({ sequence, ...delivery }, index) => ({
    ...delivery,
    sequence: sequence ?? String(index + 1),
  }));
  const order = { ...data, deliveries };
  const fault = purchaseOrderFault(order);
  if (fault !== undefined) throw new CliError(say`${source} cannot be fulfilled; ${untouched}: ${fault}.`);
  return order;
}

/** Whether nothing stands at the path, whatever the schema would have there. */
const isMissing = (given: unknown, path: readonly PropertyKey[]): boolean =>
  path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), given) === undefined;

const isRecord = (value: unknown): value is Readonly<Record<PropertyKey, unknown>> =>
  typeof value === 'object' && value !== null;

const plainly = (message: string): string => message.replace(/^Invalid input: /, '');

function parseJson(json: Uint8Array | string, source: string, untouched: string): unknown {
  const read = readWrittenJson(json);
  if ('value' in read) return read.value;
  throw new CliError(say`${source} cannot be used; ${untouched}: ${read.faults.join('; ')}.`);
}

/** Reads the file, or standard input for `-`; faults as in {@link parsePurchaseOrder}. */
export function readPurchaseOrder(path: string, untouched = NOTHING_STARTED): PurchaseOrder {
  const source = path === '-' ? 'Standard input' : path;
  let json: Uint8Array;
  try {
    json = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const code = errno(error);
    if (code === undefined) throw error;
    throw new CliError(say`${source} cannot be read (${code === 'ENOENT' ? 'file not found' : code}); ${untouched}.`);
  }
  return parsePurchaseOrder(json, source, untouched);
}
