/** Elements by name, in order; a list is its element repeated, empty text an element that closes itself. */
type Tree = { readonly [name: string]: string | Tree | readonly (string | Tree)[] };

/** What Centra's public cookbook sends in one step: SOAPAction is made of `operation`, the body's element is `root`. */
export interface CookbookRequest {
  readonly operation: string;
  readonly body: string;
}

function written(name: string, value: string | Tree, indent: string): string {
  if (typeof value === 'string') return value === '' ? `${indent}<${name}/>` : `${indent}<${name}>${value}</${name}>`;
  return `${indent}<${name}>\n${membersOf(value, `${indent}  `)}\n${indent}</${name}>`;
}

const membersOf = (tree: Tree, indent: string): string =>
  Object.entries(tree)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? (value as readonly (string | Tree)[]) : [value as string | Tree]).map((entry) =>
        written(name, entry, indent),
      ),
    )
    .join('\n');

/** Laid out as on its pages: the namespace as the default one, two blanks for each level. */
function request(operation: string, tree: Tree, root = operation): CookbookRequest {
  const login = { login: { username: 'centra', password: 'centra-secret' } };
  const members = membersOf({ ...login, ...tree }, '      ');
  return {
    operation,
    body: [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">',
      '  <soap:Body>',
      `    <${root} xmlns="http://www.centra.com/webservices/">`,
      members,
      `    </${root}>`,
      '  </soap:Body>',
      '</soap:Envelope>',
      '',
    ].join('\n'),
  };
}

const order = (head: Tree, changes: Tree) => request('orders_Update', { orders: { order: { ...head, ...changes } } });
const retail = { id: '30', type: 'retail', store: '1' };
const wholesale = { id: '25', type: 'wholesale', store: '2' };
const done = (...event: readonly string[]) => request('events_Done', { event });

const size = (id: string, description: string, table: string, tableDescription: string): Tree => ({
  ...{ id, description, sizetable: { id: table, description: tableDescription } },
});
const variation = (id: string, sku: string, table: string, sizes: readonly Tree[]): Tree => ({
  ...{ id, stockid: id, description: id, sku, status: 'active', sizetable: { id: table }, sizes: { size: sizes } },
});
const product = (id: string, variations: readonly Tree[]) =>
  request('products_Update', {
    products: {
      product: {
        ...{ id, status: 'active', sku: `SKU-${id}`, description: id, folder: { description: 'Folder / One' } },
        ...{ brand: { id: 'Example', description: 'A brand' }, collection: { id: 'XMAS', description: 'Winter' } },
        variations: { variation: variations },
      },
    },
  });
const sml = (...eans: readonly string[]) =>
  ['S', 'M', 'L'].map((id, index): Tree => ({ id, sku: `0${index + 1}`, ean: eans[index] ?? '' }));
const address = { company: 'Company', attn: 'Person', address1: 'Street 1', city: 'City', state: '', zipcode: '01234' };
const terms = { id: '30NET', name: '30 days', description: 'Text', duedays: '30' };

/** Setting a shop up, in the cookbook's order; the second time sizes are sent nothing is new. */
export const setUp = {
  markets: request('markets_Update', {
    markets: {
      market: [
        { id: 'Retail-Global', store: '1', type: 'retail', description: 'Global' },
        { id: 'Wholesale-Market', store: '2', type: 'wholesale', description: 'Global' },
      ],
    },
  }),
  sizes: request('sizes_Update', {
    sizes: {
      size: [
        size('S', 'Small', 'SML', 'Small Medium Large'),
        size('M', 'Medium', 'SML', 'Small Medium Large'),
        size('L', 'Large', 'SML', 'Small Medium Large'),
        size('OS', '', 'OneSize', 'One Size'),
      ],
    },
  }),
  sweater: product('T001', [
    variation('T001_RED', 'RED', 'SML', sml('1234567890123', '1234567890124', '1234567890125')),
    variation('T001_BLUE', 'BLUE', 'SML', sml('2234567890123', '2234567890124', '2234567890125')),
  ]),
  chair: product('PWC', [variation('PWC', '', 'OneSize', [{ id: 'OS' }])]),
  warehouses: request('warehouses_Update', {
    warehouses: {
      warehouse: [
        { id: 'MainWarehouse', description: 'Main' },
        { id: 'OtherWarehouse', description: 'Other' },
      ],
    },
  }),
  stock: request('products_Update', {
    products: {
      product: {
        id: 'PWC',
        variations: {
          variation: {
            ...{ id: 'PWC', stockid: 'PWC' },
            sizes: {
              size: {
                id: 'OS',
                warehouseitems: {
                  warehouse: [
                    { id: 'MainWarehouse', qty: '1' },
                    { id: 'OtherWarehouse', qty: '2' },
                  ],
                },
              },
            },
          },
        },
      },
    },
  }),
  pricelists: request('pricelists_Update', {
    pricelists: {
      pricelist: {
        ...{ id: 'USD-Wholesale', store: '2', type: 'wholesale', currency: 'USD', description: 'Dollar' },
        items: {
          product: [
            {
              id: 'T001',
              variation: [
                { id: 'T001_RED', price: '45', priceb: '123' },
                { id: 'T001_BLUE', price: '67', priceb: '234' },
              ],
            },
            { id: 'PWC', price: '700', priceb: '1000' },
          ],
        },
      },
    },
  }),
  alterationDates: request('pricealterationdates_Update', {
    pricealterationdates: {
      pricealterationdate: { id: 'H20', status: 'active', name: 'Autumn', store: '1', startdate: '2020-11-30' },
    },
  }),
  paymentTerms: request('paymentterms_Update', { paymentterms: { paymentterms: terms } }),
  shippingTerms: request('shippingterms_Update', {
    shippingterms: { shippingterms: { id: 'DDU', name: 'Unpaid', description: 'Text' } },
  }),
  account: request('accounts_Update', {
    accounts: {
      account: {
        ...{ id: '12345', type: 'wholesale', status: 'active', description: 'Company' },
        ...{ market: { id: 'Wholesale-Market' }, pricelist: { id: 'USD-Wholesale' } },
        ...{ paymentterms: { id: '30NET' }, shippingterms: { id: 'DDU' } },
        ...{ accountaddress: address, shippingaddress: address, invoiceaddress: { ...address, vat: 'SE007' } },
        buyers: { buyer: { id: '12345_buyer1', store: '2', status: 'active', firstname: 'First', lastname: 'Last' } },
      },
    },
  }),
} as const;

/** Order 30 and its event 115: fetched, taken over, shipped. The shipment's id is Centra's, as the event shows it. */
export const retailOrder = {
  test: request('events_Get', { type: 'all' }, 'events_GetRequest'),
  events: request('events_Get', { type: 'order' }, 'events_GetRequest'),
  done: done('115', '116', '117'),
  lock: order(retail, { locked: 'yes' }),
  shipped: (shipment: string) =>
    order(retail, {
      status: 'completed',
      shipments: {
        shipment: {
          ...{ id: shipment, shipped: 'yes', capture: 'yes' },
          carrierinformation: { carrier: 'UPS', service: 'STANDARD', tracking: '1Z123123123123' },
        },
      },
    }),
} as const;

/** Rows by orderitem: product, variation and size besides, as the cookbook names them. */
const rows: Readonly<Record<string, readonly [product: string, variation: string, size: string]>> = {
  67: ['PWC', 'PWC', 'OS'],
  68: ['T001', 'T001_BLUE', 'S'],
  69: ['T001', 'T001_BLUE', 'M'],
  70: ['T001', 'T001_RED', 'M'],
  71: ['T001', 'T001_RED', 'L'],
};
const productOf = (orderItem: string, qty: string, more: Tree = {}): Tree => {
  const [id = '', variationId = '', sizeId = ''] = rows[orderItem] ?? [];
  const sizes = { size: { id: sizeId, qty, orderitem: { id: orderItem } } };
  return { id, ...more, variation: { id: variationId }, sizes };
};
const products = (quantities: Readonly<Record<string, string>>, more: Tree = {}): Tree => ({
  product: Object.entries(quantities).map(([orderItem, qty]) => productOf(orderItem, qty, more)),
});
const packed = (appendix: string, quantities: Readonly<Record<string, string>>, shipping: string) =>
  order(wholesale, {
    shipments: {
      shipment: {
        ...{ id: `shipment-25-${appendix}`, shipped: 'no', goodtogo: 'yes', appendix },
        ...{ products: products(quantities), shipping: { subtotal: shipping } },
      },
    },
  });
const carried = (appendix: string): Tree => ({
  ...{ id: `shipment-25-${appendix}`, shipped: 'yes' },
  carrierinformation: { carrier: 'DHL', service: 'EXPRESS', tracking: `87654321${appendix}` },
});

/** Order 25: `placed` stands for the buyer in the showroom, all else is the cookbook's. */
export const wholesaleOrder = {
  placed: order(wholesale, {
    ...{ currency: 'USD', buyer: { id: '12345_buyer1' }, account: { id: '12345' } },
    ...{ products: products({ 67: '2', 68: '1', 69: '2', 70: '3', 71: '4' }, { price: '45.00' }) },
    market: { id: 'Wholesale-Market' },
  }),
  events: request('events_GetByMarkets', { type: 'order', markets: { market: { id: 'Wholesale-Market' } } }),
  done,
  confirm: order(wholesale, { status: 'confirmed', locked: 'yes' }),
  cancel: order(wholesale, { cancelled: products({ 71: '1' }) }),
  firstShipment: packed('1', { 68: '1', 69: '1', 67: '2' }, '123'),
  secondShipment: packed('2', { 69: '1', 70: '3', 71: '3' }, '0'),
  shipped: order(wholesale, { shipments: { shipment: [carried('1'), carried('2')] } }),
} as const;
