type Member = string | number | boolean | readonly Member[] | { readonly [name: string]: Member };

/** One of Centra's fourteen updates: its list, the list's element, and a record with members of every depth. */
interface CentraUpdate {
  readonly list: string;
  readonly item: string;
  /** The event it raises, where there is one (docs/vendors/centra.md#events_get). */
  readonly event?: string;
  readonly record: { readonly id: string; readonly [name: string]: Member };
}

const ref = (id: string) => ({ id, description: `${id} & <more>` });
const address = {
  ...{ company: 'Låg & Hög AB', attn: 'Zoë', address1: 'Storgatan 1', address2: 'våning 2', city: 'Malmö', state: 'M' },
  ...{ zipcode: '007 12', country: 'SE', email: 'zoe@example.com', telephone: '+46 40 007', vat: 'SE007' },
};
const person = { firstname: 'Zoë', lastname: "O'Neil", email: 'zoe@example.com', telephone: '007' };
const terms = { id: '30NET', name: '30 days', description: 'From the invoice', duedays: '030' };
const row = {
  ...{ id: 'P-0071', price: '10.50', variation: ref('V-0071') },
  sizes: { size: [{ id: 'OS', qty: '2', orderitem: { id: '9001' } }] },
};

/** Member names, order and types as in the WSDL; values that are easily lost on the way. */
export const centraUpdates: Readonly<Record<string, CentraUpdate>> = {
  accounts_Update: {
    ...{ list: 'accounts', item: 'account', event: 'account' },
    record: {
      ...{ id: 'A-007', type: 'wholesale', status: 'active', description: 'Låg & Hög', discount: '0.50' },
      ...{ market: ref('M-1'), paymentterms: { id: '30NET' }, creditlimit: '1000.00', accountaddress: address },
      carrierinformation: { carrier: 'UPS', packages: 2 },
      buyers: { buyer: [{ id: 'B-1', store: 2, status: 'active', ...person, market: ref('M-1') }] },
      addresses: {
        address: [
          { id: 'D-1', ...address },
          { id: 'D-2', ...address, city: 'Lund' },
        ],
      },
      additionals: { additional: [{ key: 'tier', value: 'gold' }] },
    },
  },
  customers_Update: {
    ...{ list: 'customers', item: 'customer', event: 'customer' },
    record: { id: '00000000000000000007', store: 1, type: 'retail', status: 'active', ...person, zipcode: '01234' },
  },
  deliverywindows_Update: {
    ...{ list: 'deliverywindows', item: 'deliverywindow' },
    record: {
      ...{ id: 'W-1', status: 'active', startdate: '2026-03-01', stopdate: '2026-04-30', atonce: false },
      variations: { variation: [{ id: 'V-0071', type: 'limit', productlimit: 10, variationlimit: 5 }] },
    },
  },
  invoices_Update: {
    ...{ list: 'invoices', item: 'invoice', event: 'invoice' },
    record: {
      ...{ id: 'I-007', store: '1', status: 'paid', serialno: '0000000007', currency: 'SEK', currencyrate: '1.00000' },
      ...{ total: '125.00', vat: '25.00', order: ref('30'), paymentterms: '30NET', billingaddress: address },
      items: {
        invoiceitem: [{ itemid: '71', qty: '1', price: '100.00', product: ref('P-0071'), sku: '0071' }],
        additional: [{ subtotal: '0.00', description: 'Handling', key: 'handling' }],
      },
      locked: 'yes',
    },
  },
  markets_Update: {
    ...{ list: 'markets', item: 'market', event: 'market' },
    record: { id: 'Retail-Global', store: '1', type: 'retail', description: 'Global & <more>' },
  },
  orders_Update: {
    ...{ list: 'orders', item: 'order', event: 'order' },
    record: {
      ...{ id: 'W-25', type: 'wholesale', store: 2, status: 'confirmed', locked: 'yes', currency: 'USD' },
      ...{ internal: true, buyer: { id: 'B-1', email: person.email }, account: ref('A-007') },
      ...{ products: { product: [row] }, shippingaddress: address, ponumber: '0007', market: ref('M-1') },
    },
  },
  paymentterms_Update: {
    ...{ list: 'paymentterms', item: 'paymentterms', event: 'paymentterm' },
    record: terms,
  },
  pricealterationdates_Update: {
    ...{ list: 'pricealterationdates', item: 'pricealterationdate' },
    record: { id: 'PA-1', status: 'active', name: 'Spring', store: '1', startdate: '2026-03-01' },
  },
  pricelists_Update: {
    ...{ list: 'pricelists', item: 'pricelist', event: 'pricelist' },
    record: {
      ...{ id: 'EUR-Retail', store: '1', type: 'retail', currency: 'EUR', description: 'Euro' },
      items: {
        product: [
          { id: 'T-1', variation: [{ id: 'T-1-R', price: '45', priceb: '123.00' }] },
          { id: 'P-0071', price: '12.50', priceb: '25.00' },
        ],
      },
    },
  },
  products_Update: {
    ...{ list: 'products', item: 'product' },
    record: {
      ...{ id: 'T-1', status: 'active', sku: '001', description: 'Roll neck', brand: ref('EX'), collection: ref('X') },
      weight: { value: '0.350', unit: 'kg' },
      variations: {
        variation: [
          {
            ...{
              id: 'T-1-R',
              stockid: 'T-1-R',
              description: 'Red',
              sku: 'R',
              status: 'active',
              sizetable: { id: 'SML' },
            },
            sizes: {
              size: [
                { id: 'S', sku: '01', ean: '0071000000031', warehouseitems: { warehouse: [{ id: 'MAIN', qty: '7' }] } },
                { id: 'M', sku: '02', ean: '0071000000048' },
              ],
            },
          },
        ],
      },
    },
  },
  salesreps_Update: {
    ...{ list: 'salesreps', item: 'salesrep', event: 'salesrep' },
    record: {
      ...{ id: 'R-1', email: 'rep@example.com', name: 'Rep', percent: '2.50' },
      mastersalesrep: { salesrep: [{ id: 'R-0', percent: '1' }] },
    },
  },
  shippingterms_Update: {
    ...{ list: 'shippingterms', item: 'shippingterms', event: 'shippingterm' },
    record: { ...terms, id: 'DDU' },
  },
  sizes_Update: {
    ...{ list: 'sizes', item: 'size', event: 'size' },
    record: { id: 'XS', description: 'Extra small', ean: '0071', sizetable: { ...ref('XSL'), stockdivisor: '1' } },
  },
  warehouses_Update: {
    ...{ list: 'warehouses', item: 'warehouse', event: 'warehouse' },
    record: ref('OTHER'),
  },
};
