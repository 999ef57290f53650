import { ApplicationFailure } from '@temporalio/workflow';
import type { Invoice } from '../src/domain/invoice/invoice';
import { cut, bounds } from '../src/domain/values/bounds';
import type { DeliveryReport, PurchaseOrder } from '../src/domain/purchase-order/purchase-order';
import { deliveryFault, invoiceFault, purchaseOrderFault } from '../src/domain/feed/screening';
import type { AmendRequest, CancelRequest, ClaimAnswer, InvoiceClaim } from './messages';

/**
 * Messages come from outside: a signal without its payload must not stop an order for good, because it stands in the
 * history and would fail every workflow task from then on. What the handlers rely on is looked at, and every record
 * passes the gate that Claritum's lists pass.
 */
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const text = (value: unknown): boolean => typeof value === 'string';
const textOrNull = (value: unknown): boolean => value === null || text(value);
const textOrMissing = (value: unknown): boolean => value === undefined || text(value);
const saidOrMissing = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((kind) => kind === 'goods' || kind === 'charge'));
const flag = (value: unknown): boolean => typeof value === 'boolean';
const list =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every((entry) => has(entry, shape));
const shaped =
  (shape: Shape) =>
  (value: unknown): boolean =>
    has(value, shape);

function has(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(shape).every(([name, isRight]) => isRight(Reflect.get(value, name)));
}

const purchaseOrder: Shape = {
  uid: text,
  orderRef: text,
  poNumber: text,
  customerName: text,
  productCode: text,
  quantity: text,
  unitPrice: text,
  unitOfMeasure: text,
  currency: text,
  net: text,
  lastModified: text,
  deliveryDate: textOrNull,
  status: text,
  deliveries: list({
    deliveryRef: text,
    sequence: text,
    quantity: text,
    requiredDate: textOrNull,
    address: shaped({}),
  }),
  attachments: list({ attachmentRef: text }),
};
const delivery: Shape = { uid: text, deliveryRef: text, quantity: text, status: text, deliveryDate: textOrNull };
const invoice: Shape = { uid: text, invoiceNumber: text, currency: text, net: text, lines: list({ quantity: text }) };
const facts: Shape = {
  orderRef: text,
  currency: text,
  unitPrice: text,
  ordered: text,
  invoiceable: text,
  outstanding: text,
};

const isOrder = (value: unknown): value is PurchaseOrder => has(value, purchaseOrder);
const isDelivery = (value: unknown): value is DeliveryReport => has(value, delivery);
const isInvoice = (value: unknown): value is Invoice => has(value, invoice);
const passes = (fault: string | undefined): boolean => fault === undefined;

export const isOrderReport = (message: unknown): message is { readonly order: PurchaseOrder } =>
  has(message, { order: (value) => isOrder(value) && passes(purchaseOrderFault(value)) });

export const isDeliveryMessage = (message: unknown): message is { readonly delivery: DeliveryReport } =>
  has(message, { delivery: (value) => isDelivery(value) && passes(deliveryFault(value)) });

export const isInvoiceReport = (message: unknown): message is { readonly invoice: Invoice } =>
  has(message, { invoice: (value) => isInvoice(value) && passes(invoiceFault(value)) });

export const isInvoiceClaim = (message: unknown): message is InvoiceClaim =>
  has(message, {
    invoice: (value) => isInvoice(value) && passes(invoiceFault(value)),
    digest: text,
    replyTo: text,
    accepted: flag,
    said: saidOrMissing,
  });

export const isInvoiceEnd = (
  message: unknown,
): message is {
  readonly uid: string;
  readonly number: string;
  readonly quantity: string;
  readonly outcome: 'settled' | 'disputed';
} =>
  has(message, {
    uid: text,
    number: text,
    quantity: text,
    outcome: (value) => value === 'settled' || value === 'disputed',
  });

const texts = (value: unknown): boolean => Array.isArray(value) && value.every(text);

export const isVanished = (
  message: unknown,
): message is { readonly orderRefs: readonly string[]; readonly listed: number } =>
  has(message, { orderRefs: texts, listed: (value) => typeof value === 'number' });

export const isExplained = (message: unknown): message is { readonly orderRefs: readonly string[] } =>
  has(message, { orderRefs: texts });

const VERDICTS: readonly ClaimAnswer['verdict'][] = ['granted', 'awaiting-goods', 'mismatched', 'unclear'];

export const isClaimAnswer = (message: unknown): message is ClaimAnswer =>
  has(message, {
    uid: text,
    digest: text,
    quantity: text,
    verdict: (value) => VERDICTS.some((verdict) => verdict === value),
    order: shaped(facts),
    differences: Array.isArray,
    lines: (value) => value === undefined || Array.isArray(value),
  });

/** The Update's validator: shape only, as for `decide`. */
export function assertAmendRequest(request: unknown): asserts request is AmendRequest {
  if (!isAmendment(request))
    throw malformed('an amendment is {"order": the whole purchase order as it is to be, "by"?: "…"}');
  const fault = purchaseOrderFault(request.order) ?? nameFault(request.by);
  if (fault !== undefined) throw malformed(`the amendment does not pass: ${fault}`);
}

/** As {@link assertAmendRequest}; a cancellation may come without anything. */
export function assertCancelRequest(request?: unknown): asserts request is CancelRequest | undefined {
  if (request === undefined || request === null) return;
  if (Array.isArray(request) || !isCancellation(request))
    throw malformed('a cancellation is {"by"?: "…", "reason"?: "…"}, all texts, or nothing');
  const fault = nameFault(request.by);
  if (fault !== undefined) throw malformed(`the cancellation does not pass: ${fault}`);
}

const isAmendment = (request: unknown): request is { readonly order: PurchaseOrder; readonly by?: unknown } =>
  has(request, { order: isOrder });

const isCancellation = (request: unknown): request is CancelRequest =>
  has(request, { by: textOrMissing, reason: textOrMissing });

/** A name decides who may approve afterwards, so it is never cut. */
const nameFault = (by: unknown): string | undefined =>
  typeof by === 'string' && by.length > bounds.line ? `by is longer than ${bounds.line} characters` : undefined;

const malformed = (message: string): ApplicationFailure =>
  ApplicationFailure.create({ type: 'MalformedAnswer', message: cut(message), nonRetryable: true });
