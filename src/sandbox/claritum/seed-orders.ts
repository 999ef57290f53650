import { createHash } from 'node:crypto';
import { multiply, add, round, sum } from '../../domain/values/decimal';
import { addDays, calendarDate } from '../../domain/values/calendar';
import { customers, products } from '../seed';
import type { Address, AttachmentFile, OrderDelivery, PurchaseOrder, StockOrder } from './records';
import type { Values } from '../values';

/** One seed order with all that belongs to it. */
interface SeedOrder {
  readonly order: PurchaseOrder;
  readonly specification: Values;
  readonly files: readonly AttachmentFile[];
}

const places = [
  { street: '4 Quay Street', city: 'Leith', county: 'Midlothian', postCode: 'EH6 6AA', country: 'GB' },
  { street: '118 Mill Lane', city: 'Stockport', county: 'Cheshire', postCode: 'SK1 2BX', country: 'GB' },
  { street: '9 Harbour Road', city: 'Portishead', county: 'Somerset', postCode: 'BS20 7DD', country: 'GB' },
] as const;

const buyers = [
  { name: 'Morag Sinclair', email: 'morag.sinclair@example.com', telephone: '+44 131 496 0101' },
  { name: 'Tomos Rees & Co', email: 'tomos.rees@example.com', telephone: '+44 29 2018 0102' },
] as const;

const at = <T>(list: readonly T[], index: number): T => {
  const entry = list[((index % list.length) + list.length) % list.length];
  if (entry === undefined) throw new RangeError('an empty list has no entries');
  return entry;
};

/** Four bytes that depend on nothing but the words: the same record has the same id in every run of one seed. */
const bits = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join('\u0000')).digest().readUInt32BE(0);

/** The digits of an order: seeds have ranges of their own, and ten digits are the most ManEx takes as SoNo. */
function orderNumber(seed: number, index: number): string {
  const range = (((seed - 1) % 90_000) + 90_000) % 90_000;
  return String(range * 100_000 + 10_231 + index);
}

/** What an order is about, by its place: 0 straight through, 1 over the approval limit, 2 two delivery addresses. */
function demand(seed: number, index: number): { product: (typeof products)[number]; quantities: readonly string[] } {
  const variety = bits(seed, 'quantity', index);
  const [brochure, label] = [at(products, 0), at(products, 1)];
  switch (index % 3) {
    case 0:
      return { product: brochure, quantities: [String(100 + (variety % 9) * 50)] };
    case 1:
      // 12,000 at 0.85 is just above the example policy's limit of 10,000.00 GBP net.
      return { product: brochure, quantities: [String(12_000 + (variety % 5) * 100)] };
    default:
      return { product: label, quantities: [String(3 + (variety % 3)), String(2 + (variety % 2))] };
  }
}

const unitOfMeasure = (boxQuantity: number): string => (boxQuantity === 1 ? 'single units' : `boxes of ${boxQuantity}`);

const address = (company: string, index: number): Address => ({
  description: index % 2 === 0 ? 'Goods in' : null,
  company,
  ...at(places, index),
});

/** Money of `quantity` at `unitPrice`, two decimals; tax at the standard rate. */
export function amounts(quantity: string, unitPrice: string): { net: string; tax: string; gross: string } {
  const net = round(multiply(quantity, unitPrice), 2);
  const tax = round(multiply(net, '0.2'), 2);
  return { net, tax, gross: round(add(net, tax), 2) };
}

/** The calendar date in UTC. */
export const today = (): string => calendarDate(new Date().toISOString(), 'UTC');

/**
 * Purchase order `index` of this seed, as it stands on `date` (calendar date): the dates move on, the ids do not.
 * @param number what all its references are made of
 */
export function seedOrder(seed: number, index: number, date: string, number = orderNumber(seed, index)): SeedOrder {
  const { product, quantities } = demand(seed, index);
  const customer = at(customers, index);
  const orderRef = `CL-${number}`;
  const quantity = sum(quantities);
  const authorised = `${addDays(date, -1)}T09:00:00Z`;
  const required = addDays(date, 30 + (bits(seed, 'date', index) % 31));
  const deliveries = quantities.map((share, place): OrderDelivery => ({
    deliveryRef: `${number}-${place + 1}`,
    sequence: String(place + 1),
    address: address(customer.name, index + place),
    contact: at(buyers, index + place),
    quantity: share,
    requiredDate: `${addDays(required, place)}T12:00:00Z`,
    instructions: place === 0 ? null : 'Ring before delivery; no tail lift on site',
  }));
  const files = attachmentFiles(number, index, authorised);
  const order: PurchaseOrder = {
    uid: `PO-${number}-${bits(seed, 'uid', index).toString(16).padStart(8, '0')}`,
    orderRef,
    poNumber: `PO-${number}`,
    projectRef: `PRJ-${number}`,
    projectTitle: `${product.title} for ${customer.name}`,
    customerName: customer.name,
    supplierRef: 'WAYBILL',
    status: 'authorised',
    authorisedDate: authorised,
    deliveryDate: `${required}T12:00:00Z`,
    productCode: product.productCode,
    quantity,
    unitPrice: product.agreedPrice,
    unitOfMeasure: unitOfMeasure(product.boxQuantity),
    currency: product.currency,
    ...amounts(quantity, product.agreedPrice),
    nominalCode: index % 2 === 0 ? '0500' : null,
    buyer: at(buyers, index),
    deliveries,
    attachments: files.map(({ attachmentRef, fileName, mimeType }) => ({ attachmentRef, fileName, mimeType })),
    lastModified: authorised,
  };
  return { order, specification: specification(order, product.title, product.boxQuantity), files };
}

function specification(order: PurchaseOrder, title: string, boxQuantity: number): Values {
  const isLabel = boxQuantity > 1;
  const properties = (pairs: Readonly<Record<string, string>>) =>
    Object.entries(pairs).map(([name, value]) => ({ name, value }));
  return {
    orderRef: order.orderRef,
    productType: isLabel ? 'label' : 'brochure',
    title,
    quantity: order.quantity,
    sections: [
      {
        name: isLabel ? 'Label' : 'Text pages',
        properties: properties({
          finishedSize: isLabel ? '70 x 100 mm' : '210 x 297 mm',
          pages: isLabel ? '1' : '16',
          coloursFront: '4/0 CMYK',
          stockWeightGsm: isLabel ? '080' : '115',
        }),
      },
      {
        name: 'Finishing & packing',
        properties: properties({ packing: `${boxQuantity} per pack`, proofs: 'PDF < 10 MB' }),
      },
    ],
  };
}

const pdf = (number: string): Buffer =>
  Buffer.from(
    `%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj<</Type/Catalog/Order(CL-${number})>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  );

/** The attachments of an order, with the file names people really give: paths, quotes, accents, blanks. */
function attachmentFiles(number: string, index: number, created: string): readonly AttachmentFile[] {
  const file = (place: number, fileName: string, mimeType: string, content: Buffer): AttachmentFile => ({
    attachmentRef: `AT-${number}-${place}`,
    orderRef: `CL-${number}`,
    fileName,
    mimeType,
    created,
    content,
  });
  const artwork = file(1, `..\\artwork/"final" v2 (${number}).PDF`, 'application/pdf', pdf(number));
  if (index % 3 === 0) return [artwork];
  const note = Buffer.from(`Caf\u00e9 proof for CL-${number}\r\nColour as agreed \u2013 no varnish.\r\n`, 'utf8');
  return [artwork, file(2, ' Pr\u00fcfung & notes \u2013 final.txt', 'text/plain', note)];
}

/** A stock order of this seed: customer stock we hold, to be sent out in boxes. */
export function seedStockOrder(seed: number, index: number, date: string): StockOrder {
  const number = orderNumber(seed, index);
  const customer = at(customers, index);
  const product = at(products, index + 1);
  return {
    uid: `ST-${number}-${bits(seed, 'stock uid', index).toString(16).padStart(8, '0')}`,
    stockOrderRef: `SO-${number}`,
    orderedDate: `${addDays(date, -1)}T10:00:00Z`,
    customerName: customer.name,
    contact: at(buyers, index),
    customerPo: index % 2 === 0 ? `C-00${number}` : null,
    deliveryAddress: address(customer.name, index),
    requiredDate: `${addDays(date, 14)}T12:00:00Z`,
    carrier: null,
    costCentre: null,
    instructions: null,
    status: 'pending',
    lines: [
      {
        lineRef: `${number}-L1`,
        productCode: product.productCode,
        productName: product.title,
        quantity: String(1 + (bits(seed, 'stock quantity', index) % 3)),
        unitOfMeasure: unitOfMeasure(product.boxQuantity),
        boxQuantity: String(product.boxQuantity),
      },
    ],
  };
}
