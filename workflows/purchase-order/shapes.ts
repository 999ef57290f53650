import type { DeliveryReport, PurchaseOrder } from '../../src/domain/purchase-order/purchase-order';
import { deliveryFault, purchaseOrderFault } from '../../src/domain/feed/screening';
import { has, list, malformed, nameFault, passes, shaped, text, textOrNull, type Shape } from '../case/shapes';
import type { AmendRequest } from './messages';

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
const isOrder = (value: unknown): value is PurchaseOrder => has(value, purchaseOrder);
const isDelivery = (value: unknown): value is DeliveryReport => has(value, delivery);
export const isOrderReport = (message: unknown): message is { readonly order: PurchaseOrder } =>
  has(message, { order: (value) => isOrder(value) && passes(purchaseOrderFault(value)) });

export const isDeliveryMessage = (message: unknown): message is { readonly delivery: DeliveryReport } =>
  has(message, { delivery: (value) => isDelivery(value) && passes(deliveryFault(value)) });

/** The Update's validator: shape only, as for `decide`. */
export function assertAmendRequest(request: unknown): asserts request is AmendRequest {
  if (!isAmendment(request))
    throw malformed('an amendment is {"order": the whole purchase order as it is to be, "by"?: "…"}');
  const fault = purchaseOrderFault(request.order) ?? nameFault(request.by);
  if (fault !== undefined) throw malformed(`the amendment does not pass: ${fault}`);
}

const isAmendment = (request: unknown): request is { readonly order: PurchaseOrder; readonly by?: unknown } =>
  has(request, { order: isOrder });
