import { add, compare, isPositive } from '../../domain/values/decimal';
import type {
  WebOrder,
  WebOrderAddress,
  WebOrderCustomer,
  WebOrderDespatch,
  WebOrderLine,
  WebOrderPayment,
  WebOrderPaymentEntry,
  WebOrderQuantity,
  WebOrderRefundRequest,
  WebOrderShipment,
} from '../../domain/web-order/web-order';
import type { OrderCancellation, OrderUpdate } from './order-requests';
import type * as wire from './schema';

export function toWebOrder(order: wire.Order): WebOrder {
  const shipments = order.shipments.map(toShipment);
  return {
    id: order.id,
    orderNumber: order.ordernumber,
    type: order.type,
    store: order.store,
    status: order.status?.replace(/^canceled$/i, 'cancelled') ?? null,
    isLocked: order.locked,
    created: order.created,
    preferredShippingDate: order.preferred_shipping_date,
    currency: order.currency,
    currencyRate: order.currencyrate,
    baseCurrency: order.basecurrency,
    total: order.ordertotal,
    shipping: order.shipping,
    handling: order.handling,
    voucher: order.voucher,
    payment: toPayment(order.payments, order.ordertotal, shipments),
    customer: toCustomer(order),
    deliveryAddress: toAddress(order.shippingaddress),
    billingAddress: toAddress(order.billingaddress),
    lines: toLines(order),
    shipments,
    poNumber: order.ponumber,
    message: order.other,
    marketId: order.market?.id ?? null,
    priceListId: order.pricelist?.id ?? null,
  };
}

function toCustomer({ customer, account, buyer, billingaddress, shippingaddress }: wire.Order): WebOrderCustomer {
  const person = billingaddress ?? shippingaddress;
  return {
    customerId: customer?.id ?? null,
    accountId: account?.id ?? null,
    buyerId: buyer?.id ?? null,
    name: nameOf(buyer) ?? nameOf(person) ?? person?.company ?? null,
    email: buyer?.email ?? person?.email ?? null,
    telephone: person?.telephone ?? null,
  };
}

const nameOf = (person: Readonly<Record<'firstname' | 'lastname', string | null>> | null): string | null =>
  [person?.firstname, person?.lastname].filter((name) => name !== null && name !== undefined).join(' ') || null;

const toAddress = (address: wire.Address | null): WebOrderAddress | null =>
  address === null
    ? null
    : {
        company: address.company,
        attention: address.attn,
        firstName: address.firstname,
        lastName: address.lastname,
        address1: address.address1,
        address2: address.address2,
        city: address.city,
        state: address.state,
        postCode: address.zipcode,
        country: address.country,
        email: address.email,
        telephone: address.telephone,
      };

/**
 * `products` holds what is left of a line and `cancelled` what was cancelled (docs/vendors/centra.md#cancelled-units),
 * so what was ordered is both together; a line that is cancelled whole stands in the latter only.
 */
function toLines({ products, cancelled, canceled }: wire.Order): WebOrderLine[] {
  const gone = [...cancelled, ...canceled];
  const lost = quantitiesOf(gone);
  const left = products.flatMap((product) => linesOf(product, lost));
  const known = new Set(left.map(({ orderItemId }) => orderItemId));
  const whole = gone
    .flatMap((product) => linesOf(product, new Map()))
    // The first of each.
    .filter(({ orderItemId }) => !known.has(orderItemId) && known.add(orderItemId))
    .map((line) => ({
      ...line,
      ordered: lost.get(line.orderItemId) ?? '0',
      cancelled: lost.get(line.orderItemId) ?? '0',
    }));
  return [...left, ...whole];
}

function linesOf(product: wire.Product, lost: ReadonlyMap<string, string>): WebOrderLine[] {
  return product.sizes.map((size) => {
    const cancelled = lost.get(size.orderitem.id);
    return {
      orderItemId: size.orderitem.id,
      productId: product.id,
      variationId: product.variation?.id ?? null,
      sizeId: size.id,
      sku: `${product.sku ?? ''}${size.sku ?? ''}`,
      description:
        [product.description, product.variation?.description, size.description].filter(Boolean).join(', ') || null,
      price: product.price,
      originalPrice: product.origprice,
      discount: product.discount,
      taxRate: product.tax,
      isPreorder: size.preorder === true,
      ordered: cancelled === undefined ? size.qty : add(size.qty, cancelled),
      cancelled: cancelled ?? '0',
      bundle: bundleOf(product),
    };
  });
}

const bundleOf = ({ bundleinfo }: wire.Product): WebOrderLine['bundle'] =>
  bundleinfo === null ? 'none' : bundleinfo.isbundle === true ? 'whole' : 'part';

function quantitiesOf(products: readonly wire.Product[]): ReadonlyMap<string, string> {
  const quantities = new Map<string, string>();
  for (const { orderitem, qty } of products.flatMap(({ sizes }) => sizes)) {
    quantities.set(orderitem.id, add(quantities.get(orderitem.id) ?? '0', qty));
  }
  return quantities;
}

const toQuantities = (products: readonly wire.Product[]): WebOrderQuantity[] =>
  [...quantitiesOf(products)].map(([orderItemId, quantity]) => ({ orderItemId, quantity }));

const toShipment = (shipment: wire.Shipment): WebOrderShipment => ({
  id: shipment.id,
  isShipped: shipment.shipped === true,
  isPaid: shipment.paid === true,
  isReleased: shipment.goodtogo,
  carrier: shipment.carrierinformation?.carrier ?? null,
  tracking: shipment.carrierinformation?.tracking ?? null,
  created: shipment.created,
  lines: toQuantities(shipment.products),
  refunds: shipment.refunds.map(({ id, status, products }) => ({ id, status, lines: toQuantities(products) })),
});

/** An entry that reserved or took money, and gave none back. */
const saysYes = ({ type, value, isPaid }: WebOrderPaymentEntry): boolean =>
  !/refund|credit|cancel|void|fail/i.test(type ?? '') && (isPaid === true || (value !== null && isPositive(value)));

/** Observed: `incomplete`; its opposite is documented nowhere. */
const RECEIVED = /^(?:completed?|paid|captured)$/i;

/** Any of three signs says paid: the status, the money received against the total, every shipment paid. */
function toPayment(
  payments: wire.Payments | null,
  total: string | null,
  shipments: readonly WebOrderShipment[],
): WebOrderPayment {
  const { name = null, type = null, method = null, status = null, total: received = null } = payments ?? {};
  const entries = (payments?.payment ?? []).map(({ paid, ...entry }) => ({ ...entry, isPaid: paid }));
  const isPaid =
    RECEIVED.test(status?.trim() ?? '') ||
    (received !== null && total !== null && isPositive(total) && compare(received, total) >= 0) ||
    (shipments.length > 0 && shipments.every((shipment) => shipment.isPaid));
  const isAuthorised = isPaid || entries.some(saysYes);
  return { name, type, method, status, received, entries, isAuthorised, isPaid };
}

type OrderName = Pick<WebOrder, 'id' | 'type' | 'store'>;
const nameOfOrder = ({ id, type, store }: OrderName): OrderName => ({ id, type, store });

/**
 * Keeps the order from being changed in the shop's administration: it is ours now
 * (docs/vendors/centra.md#orders_update).
 */
export const toLock = (order: OrderName): OrderUpdate => ({ ...nameOfOrder(order), locked: 'yes' });

/**
 * Creates the shipment where Centra does not have it, and marks it as shipped.
 *
 * @throws RangeError for an order item that the order does not have
 */
export const toDespatch = (order: WebOrder, despatch: WebOrderDespatch): OrderUpdate => ({
  ...nameOfOrder(order),
  status: despatch.isLast ? 'completed' : undefined,
  shipments: [
    {
      id: despatch.shipmentId,
      shipped: 'yes',
      goodtogo: despatch.lines.length === 0 ? undefined : 'yes',
      capture: despatch.capture ? 'yes' : undefined,
      appendix: despatch.sequence ?? undefined,
      carrierinformation: toCarrier(despatch),
      products: despatch.lines.length === 0 ? undefined : toProducts(order, despatch.lines),
    },
  ],
});

/** An empty element might be read as "no carrier". */
const toCarrier = ({ carrier, service, tracking }: WebOrderDespatch) =>
  carrier === null && service === null && tracking === null
    ? undefined
    : { carrier: carrier ?? undefined, service: service ?? undefined, tracking: tracking ?? undefined };

/** @throws RangeError for an order item that the order does not have */
export const toCancellation = (order: WebOrder, lines: readonly WebOrderQuantity[]): OrderCancellation => ({
  ...nameOfOrder(order),
  cancelled: toProducts(order, lines),
});

/**
 * A confirmed refund of what a shipment held.
 *
 * @throws RangeError for an order item that the order does not have
 */
export const toRefund = (order: WebOrder, refund: WebOrderRefundRequest): OrderUpdate => ({
  ...nameOfOrder(order),
  shipments: [
    {
      id: refund.shipmentId,
      appendix: refund.sequence ?? undefined,
      refunds: [
        {
          id: refund.refundId,
          products: toProducts(order, refund.lines),
          comment: refund.comment ?? undefined,
          status: 'confirmed',
        },
      ],
    },
  ],
});

/** One product with one size for each line, whose order item is what counts. */
const toProducts = (order: WebOrder, lines: readonly WebOrderQuantity[]): OrderCancellation['cancelled'] =>
  lines.map(({ orderItemId, quantity }) => {
    const line = order.lines.find((each) => each.orderItemId === orderItemId);
    if (line === undefined) throw new RangeError(`order ${order.id} has no order item ${orderItemId}`);
    return {
      id: line.productId,
      variation: line.variationId === null ? undefined : { id: line.variationId },
      sizes: [{ id: line.sizeId, qty: quantity, orderitem: { id: orderItemId } }],
    };
  });
