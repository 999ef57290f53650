import type { CentraClient } from '../../../src/vendors/centra/client';

/** What names an order in every update. */
export const order = { id: '30', type: 'retail', store: '1' };
/** One unit of one line, as cancellations and refunds name it. */
export const line = {
  id: 'T001',
  variation: { id: 'T001_RED' },
  sizes: [{ id: 'L', qty: '1', orderitem: { id: '71' }, supplierorderitems: [] }],
};
const stock = {
  id: 'OS',
  warehouseitems: [
    { id: 'Main', qty: '1' },
    { id: 'Other', qty: '2.5' },
  ],
};

type Calls = readonly (readonly [string, (centra: CentraClient) => Promise<unknown>])[];
/** Every operation once, by its name; a second call of the same has a suffix. */
export const calls: Calls = [
  ['events_Get', async (centra) => centra.eventsGet()],
  ['events_GetByMarkets', async (centra) => centra.eventsGetByMarkets({ type: 'order' })],
  ['events_Done', async (centra) => centra.eventsDone({ ids: ['115', '0116', '12345678901234567890'] })],
  [
    'orders_Update',
    async (centra) =>
      centra.ordersUpdate({
        orders: [
          { ...order, locked: 'yes' },
          {
            ...order,
            status: 'completed',
            other: ' a < b & "c"\nd é ',
            shipments: [
              {
                shipped: 'yes',
                id: '8',
                capture: 'yes',
                carrierinformation: { tracking: '1Z123123123123', carrier: 'UPS', service: 'STANDARD' },
                refunds: [{ id: 'refund-30-1', status: 'confirmed', products: [line] }],
              },
            ],
          },
        ],
      }),
  ],
  ['orders_Update-cancel', async (centra) => centra.ordersCancel({ order: { ...order, cancelled: [line] } })],
  [
    'products_Update',
    async (centra) =>
      centra.productsUpdate({ products: [{ id: 'PWC', variations: [{ id: 'PWC', stockid: 'PWC', sizes: [stock] }] }] }),
  ],
  [
    'customers_Update',
    async (centra) =>
      centra.customersUpdate({ customers: [{ id: '007', store: '1', firstname: 'Åsa', lastname: '' }] }),
  ],
  [
    'accounts_Update',
    async (centra) =>
      centra.accountsUpdate({
        accounts: [
          {
            id: 'A-1',
            type: 'wholesale',
            market: { id: 'W' },
            accountaddress: { company: 'Borealis', country: 'SE' },
            buyers: [{ id: 'A-1_1', store: '2' }],
          },
        ],
      }),
  ],
  [
    'deliverywindows_Update',
    async (centra) =>
      centra.deliverywindowsUpdate({
        deliverywindows: [{ id: 'SS', atonce: 'true', variations: [{ id: 'T001_RED', productlimit: '10' }] }],
      }),
  ],
  [
    'invoices_Update',
    async (centra) =>
      centra.invoicesUpdate({
        invoices: [
          {
            id: 'I-1',
            total: '1135.00',
            order: { id: '30' },
            items: { invoiceitem: [{ itemid: '80', qty: '1' }], additional: [{ subtotal: '12.00', key: 'freight' }] },
            locked: 'no',
          },
        ],
      }),
  ],
  ['markets_Update', async (centra) => centra.marketsUpdate({ markets: [{ id: '1', description: 'Sweden' }] })],
  [
    'paymentterms_Update',
    async (centra) => centra.paymenttermsUpdate({ paymentterms: [{ id: '30NET', name: '30 Days', duedays: '30' }] }),
  ],
  [
    'pricealterationdates_Update',
    async (centra) =>
      centra.pricealterationdatesUpdate({ pricealterationdates: [{ id: '1', startdate: '2026-01-05' }] }),
  ],
  [
    'pricelists_Update',
    async (centra) =>
      centra.pricelistsUpdate({
        pricelists: [
          { id: 'EUR', currency: 'EUR', items: [{ id: 'T001', variation: [{ id: 'T001_RED', price: '123.00' }] }] },
        ],
      }),
  ],
  [
    'salesreps_Update',
    async (centra) => centra.salesrepsUpdate({ salesreps: [{ id: '1', mastersalesrep: [{ id: '2', percent: '5' }] }] }),
  ],
  ['shippingterms_Update', async (centra) => centra.shippingtermsUpdate({ shippingterms: [{ id: 'DDU', name: 'x' }] })],
  [
    'sizes_Update',
    async (centra) => centra.sizesUpdate({ sizes: [{ id: 'OS', description: '', sizetable: { id: 'One' } }] }),
  ],
  ['warehouses_Update', async (centra) => centra.warehousesUpdate({ warehouses: [{ id: 'Main' }, { id: 'Other' }] })],
];
