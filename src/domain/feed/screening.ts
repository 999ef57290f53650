/**
 * Checks every record that comes in, from Claritum's lists, files, signals and updates. A record passes whole or not at
 * all. All other code relies on these checks. A sentence about a fault names the field and the rule, in our
 * own words: it holds no text of the record, so it can be shown anywhere.
 */
import { isDecimal } from '../values/decimal';
import { identifierFault } from '../values/identifier';
import { readInstant } from '../values/instant';
import type { Invoice } from '../invoice/invoice';
import { jsonBytes, bounds, tooLong } from '../values/bounds';
import type { DeliveryReport, PurchaseOrder } from '../purchase-order/purchase-order';
import type { StockOrder } from '../stock-order/stock-order';

/** What a rule has to say against a value found at a path; undefined where there is nothing. */
type Rule = (value: unknown, at: string) => string | undefined;

const identifier =
  (max: number = bounds.identifier): Rule =>
  (value, at) => {
    const fault = typeof value === 'string' ? identifierFault(value, max) : 'is missing';
    return fault && `${at} ${fault}`;
  };

/** Text that people read: any characters, but an end. */
const free =
  (max: number): Rule =>
  (value, at) => {
    if (typeof value !== 'string') return `${at} is missing`;
    return value.length > max ? `${at} ${tooLong(max)}` : undefined;
  };

const figure: Rule = (value, at) =>
  typeof value === 'string' && value.length <= bounds.figure && isDecimal(value)
    ? undefined
    : `${at} is not a decimal number`;

/** An instant, or a day alone. */
const date: Rule = (value, at) =>
  typeof value === 'string' && readInstant(value) !== undefined ? undefined : `${at} is not a date`;

const optional =
  (rule: Rule): Rule =>
  (value, at) =>
    value === null || value === undefined ? undefined : rule(value, at);

/** Members that no rule names count for the size of the record only. */
const record =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, at) => {
    if (typeof value !== 'object' || value === null) return `${at === '' ? 'it' : at} is no record`;
    const members: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
    for (const [name, rule] of Object.entries(rules)) {
      const fault = rule(members.get(name), at === '' ? name : `${at}.${name}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

const list =
  (max: number, what: string, entry: Rule): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is no list`;
    if (value.length > max) return `${at} has ${value.length} entries: more than ${max} ${what}`;
    for (const [index, each] of value.entries()) {
      const fault = entry(each, `${at}.${index}`);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };

const line = free(bounds.line);
const optionalLine = optional(line);

const address = record({
  description: optionalLine,
  company: optionalLine,
  street: optionalLine,
  city: optionalLine,
  county: optionalLine,
  postCode: optionalLine,
  country: optionalLine,
});

const contact = optional(record({ name: optionalLine, email: optional(free(bounds.title)), telephone: optionalLine }));

const purchaseOrder = record({
  uid: identifier(),
  orderRef: identifier(),
  poNumber: identifier(),
  projectTitle: optional(free(bounds.title)),
  // Found in the policy as it is written there, so it is nobody's to restrict; it is printed like any other text.
  customerName: line,
  // The buyer's own account number of us: shown, and nothing hangs on it.
  supplierRef: optionalLine,
  // An open set of words: what an unknown one means is the order's to ask.
  status: optionalLine,
  authorisedDate: optional(date),
  deliveryDate: optional(date),
  productCode: identifier(),
  quantity: figure,
  unitPrice: figure,
  unitOfMeasure: identifier(),
  currency: identifier(bounds.code),
  net: figure,
  tax: optional(figure),
  gross: optional(figure),
  buyer: contact,
  deliveries: list(
    bounds.lines,
    'deliveries',
    record({
      deliveryRef: identifier(),
      sequence: identifier(bounds.code),
      address,
      quantity: figure,
      requiredDate: optional(date),
      instructions: optional(free(bounds.instructions)),
    }),
  ),
  attachments: list(
    bounds.attachments,
    'attachments',
    record({
      attachmentRef: identifier(),
      fileName: optional(free(bounds.title)),
      mimeType: optional(free(bounds.line)),
    }),
  ),
  lastModified: date,
});

const delivery = record({
  uid: identifier(),
  orderRef: optional(identifier()),
  deliveryRef: identifier(),
  quantity: figure,
  deliveryDate: optional(date),
  despatchedDate: optional(date),
  carrier: optionalLine,
  // The carrier's, in the carrier's alphabet: shown, and nothing hangs on it.
  consignmentNumber: optionalLine,
  status: line,
});

const invoice = record({
  uid: identifier(),
  invoiceNumber: identifier(),
  invoiceDate: optional(date),
  orderRef: optional(identifier()),
  poNumber: optional(identifier()),
  currency: identifier(bounds.code),
  net: figure,
  tax: optional(figure),
  gross: optional(figure),
  lines: list(
    bounds.lines,
    'lines',
    record({
      description: optional(free(bounds.title)),
      quantity: figure,
      net: optional(figure),
      tax: optional(figure),
    }),
  ),
});

const stockOrder = record({
  uid: identifier(),
  stockOrderRef: identifier(),
  orderedDate: optional(date),
  customerName: line,
  contact,
  customerPo: optional(identifier()),
  deliveryAddress: address,
  requiredDate: optional(date),
  carrier: optionalLine,
  costCentre: optionalLine,
  instructions: optional(free(bounds.instructions)),
  status: optionalLine,
  lines: list(
    bounds.lines,
    'lines',
    record({
      lineRef: identifier(),
      productCode: identifier(),
      productName: optional(free(bounds.title)),
      quantity: figure,
      unitOfMeasure: identifier(),
      boxQuantity: figure,
    }),
  ),
});

/** What keeps a purchase order out, in one sentence, or undefined. */
export const purchaseOrderFault = (order: PurchaseOrder): string | undefined =>
  purchaseOrder(order, '') ?? sizeFault(order, order.deliveries.length);

/** As {@link purchaseOrderFault}, for a delivery as it is reported. */
export const deliveryFault = (report: DeliveryReport): string | undefined =>
  delivery(report, '') ?? sizeFault(report, 0);

/** As {@link purchaseOrderFault}, for an invoice of either kind. */
export const invoiceFault = (given: Invoice): string | undefined =>
  invoice(given, '') ?? sizeFault(given, given.lines.length);

/** As {@link purchaseOrderFault}, for a stock order. */
export const stockOrderFault = (order: StockOrder): string | undefined =>
  stockOrder(order, '') ?? sizeFault(order, order.lines.length);

function sizeFault(value: unknown, lines: number): string | undefined {
  const most = bounds.recordBytes + Math.max(0, lines - bounds.linesWithin) * bounds.lineBytes;
  const bytes = jsonBytes(value);
  return bytes <= most ? undefined : `the whole record has ${bytes} bytes: more than ${most}`;
}
