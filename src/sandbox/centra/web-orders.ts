import { compare, isPositive, multiply, subtract } from '../../domain/values/decimal';
import type { WebOrderAction } from '../centra-actions';
import { WorldRefused } from '../world-fields';
import { webShopArticles, webShopWarehouse } from '../web-shop-seed';
import { money, withLines } from './order-lines';
import type { OrderLine } from './order-lines';
import { addressOf, brand, retailMarket } from './seed-records';
import { freeToAllocate } from './state';
import type { Article, CentraState } from './state';
import { recordsOf, textOf } from './values';
import type { Values } from './values';

/** Of one unit of the currency in SEK, as captured orders write it. */
const RATES: Readonly<Record<string, string>> = { SEK: '1.00000', EUR: '10.43100', USD: '9.18707' };

type LineAction = WebOrderAction['lines'][number];

function priceOf({ sku, price }: LineAction): string {
  const asked = price === '' ? webShopArticles.find((article) => article.sku === sku)?.price : price;
  if (asked === undefined) throw new WorldRefused(400, `price is missing: the shop has none for ${sku}`);
  return money(asked);
}

const discounted = (price: string, discount: string): string =>
  money(multiply(price, multiply(subtract('100', discount), '0.01')));

/** Units that are there are allocated; an order for more waits as a preorder. */
function sizeOf({ size }: Article, quantity: string, orderItem: string): Values {
  const items = recordsOf(size, 'warehouseitems');
  const [stocked] = items.filter((item) => compare(textOf(item, 'qty') || '0', quantity) >= 0);
  const isThere = stocked !== undefined && compare(freeToAllocate(size), quantity) >= 0;
  return {
    ...{ id: textOf(size, 'id'), sku: textOf(size, 'sku'), qty: quantity, preorder: isThere ? 'no' : 'yes' },
    ...{ description: textOf(size, 'description'), orderitem: { id: orderItem } },
    warehouseitems: isThere ? [{ id: textOf(stocked, 'id'), qty: quantity }] : [],
    supplierorderitems: [],
  };
}

/**
 * A row as captured orders show it: `price` is what is paid for one unit, `discount` the per cent off `origprice`
 * (assumed).
 */
function rowOf(article: Article, action: LineAction, orderItem: string): OrderLine {
  const { product, variation } = article;
  const origprice = priceOf(action);
  return {
    ...{ orderItem, quantity: action.quantity },
    product: {
      ...{ id: textOf(product, 'id'), tax: '25.000', sku: textOf(product, 'sku'), origprice },
      ...{ price: discounted(origprice, action.discount), discount: action.discount },
      description: textOf(product, 'description'),
      variation: { id: textOf(variation, 'id'), description: textOf(variation, 'description') },
      ...{ brand, comment: '' },
    },
    size: sizeOf(article, action.quantity, orderItem),
  };
}

/** The money is reserved until it is captured; an order that is not paid has no payment at all. */
const paymentsOf = (total: string, isPaid: boolean, number: string, created: string): Values => ({
  ...{ name: 'card', type: 'cc', total: '0', status: 'incomplete', method: 'test' },
  payment: isPaid ? [{ type: 'auth', value: total, created, transaction: `24045${number}` }] : [],
});

/**
 * A customer's order as the shop takes it, retail, in `processing`; not stored yet.
 * @param created as orders write instants, with an offset
 * @returns undefined where a SKU is not the shop's
 */
export function newWebOrder(state: CentraState, action: WebOrderAction, created: string): Values | undefined {
  const articles = action.lines.map(({ sku }) => state.article(sku));
  if (articles.some((article) => article === undefined)) return undefined;
  for (const line of action.lines) priceOf(line);
  const number = state.nextOrderNumber();
  const rows = action.lines.flatMap((line, index) => {
    const article = articles[index];
    return article === undefined ? [] : [rowOf(article, line, state.nextOrderItem())];
  });
  const customers = [...state.records('customers').values()];
  const customer = customers[Number(number) % 3] ?? customers[0] ?? {};
  const address = addressOf(customer);
  const shipping = isPositive(action.shipping || '0') ? money(action.shipping) : '0';
  const bare: Values = {
    ...{ id: number, ordernumber: number, type: 'retail', store: '1', locked: 'no', status: 'processing' },
    ...{ ordertotal: '0.00', currency: action.currency, currencyrate: RATES[action.currency] ?? '1.00000' },
    ...{ basecurrency: 'SEK', created, internal: 'false', preferred_shipping_date: '' },
    primary_warehouse: { warehouse: { id: webShopWarehouse.id } },
    shipping: { subtotal: shipping, description: 'Sweden', key: action.currency.toLowerCase() },
    ...{ products: [], cancelled: [], shipments: [], carrierinformation: { carrier: '', service: '' } },
    ...{ customer: { id: textOf(customer, 'id') }, shippingaddress: address, billingaddress: address },
    ...{ internalinformation: '', other: '', market: retailMarket },
    pricelist: { id: `${action.currency}-Retail`, description: action.currency },
  };
  const order = withLines(bare, rows);
  return { ...order, payments: paymentsOf(textOf(order, 'ordertotal'), action.paid, number, created) };
}
