/** Answers as long as each operation takes them: whole lists of records as the vendors write them. */
import { CentraClient } from '../../../src/vendors/centra/client';
import { ClaritumClient } from '../../../src/vendors/claritum/client';
import { ISyncClient } from '../../../src/vendors/isync/client';
import { ManExClient } from '../../../src/vendors/manex/client';
import { NorthScopeClient } from '../../../src/vendors/northscope/client';
import { APART_FROM } from '../../../src/transport/reading/read';
import { order as centraOrder } from '../../vendors/centra/orders';
import { escaped, executeAnswer, keyAnswer } from '../../vendors/isync/vendor';
import * as records from './records';

export interface LargeRead {
  readonly operation: string;
  /** What the operation takes at most, in MiB. */
  readonly mebibytes: number;
  readonly contentType: string;
  /** The answer, nearly `bytes` long. */
  readonly answer: (bytes: number) => string;
  /** Calls it at this address and says how many records came. */
  readonly call: (origin: string) => Promise<number>;
}

const LARGE = 64;
const SMALL = 5;
/** Reading is measured, not how long somebody would wait for it. */
const limits = { deadlineMs: 600_000, idleMs: 600_000 };

/** As many records as fit between head and tail. */
function filled(bytes: number, [head, tail]: readonly [string, string], recordOf: (index: number) => string): string {
  const all: string[] = [];
  let left = bytes - Buffer.byteLength(head + tail);
  for (let index = 0; ; index += 1) {
    const record = recordOf(index);
    left -= Buffer.byteLength(record);
    if (left < 0) return head + all.join('') + tail;
    all.push(record);
  }
}

const claritum = (
  operation: string,
  mebibytes: number,
  recordOf: (index: number) => string,
  call: (client: ClaritumClient) => Promise<number>,
): LargeRead => ({
  operation: `Claritum ${operation}`,
  mebibytes,
  contentType: 'text/xml; charset=utf-8',
  answer: (bytes) => filled(bytes, records.claritumList(operation), recordOf),
  call: async (endpoint) => call(new ClaritumClient({ endpoint, ...records.account, limits })),
});

const northScope = (
  operation: string,
  list: string,
  recordOf: (index: number) => string,
  call: (client: NorthScopeClient) => Promise<readonly unknown[]>,
): LargeRead => ({
  operation: `NorthScope ${operation}`,
  mebibytes: LARGE,
  contentType: 'text/xml',
  answer: (bytes) =>
    filled(bytes, [`<NSResponse><Success>true</Success><${list}>`, `</${list}></NSResponse>`], recordOf),
  call: async (endpoint) => {
    const client = new NorthScopeClient({ endpoint, login: 'u', staticToken: 't', companySk: '1', limits });
    return (await call(client)).length;
  },
});

const isync = (
  operation: string,
  mebibytes: number,
  inner: (bytes: number) => string,
  call: (client: ISyncClient) => Promise<number>,
): LargeRead => ({
  operation: `iSync ${operation}`,
  mebibytes,
  contentType: 'text/xml; charset=utf-8',
  answer: (bytes) => {
    const members = [
      '<b:ResponseText>OK</b:ResponseText><b:ResultXml>',
      '</b:ResultXml><b:Successflag>true</b:Successflag>',
    ];
    return executeAnswer(`${members[0]}${inner(bytes - 1_000)}${members[1]}`).body;
  },
  call: async (endpoint) => call(new ISyncClient({ endpoint, username: 'u', password: 'p', limits })),
});

/** Escaped as it goes into the answer, so its length is what counts. */
const inner = (root: string, recordOf: (index: number) => string) => (bytes: number) =>
  filled(bytes, [escaped(`<${root}>`), escaped(`</${root}>`)], (index) => escaped(recordOf(index)));

const CENTRA_EVENTS = 100;
/** How much of a page is left once the prefixes of its elements are taken away. */
const UNQUALIFIED = 0.68;

export const isyncLogin = keyAnswer('key').body;

const orders = claritum(
  'getPurchaseOrders',
  LARGE,
  records.purchaseOrder,
  async (client) => (await client.getPurchaseOrders()).records.length,
);

export const largeReads: readonly LargeRead[] = [
  // The largest that is read where it came.
  { ...orders, operation: 'Claritum getPurchaseOrders, small', mebibytes: (APART_FROM - 1) / (1 << 20) },
  orders,
  claritum('getDeliveries', LARGE, records.delivery, async (c) => (await c.getDeliveries()).records.length),
  claritum('getPurchaseInvoices', LARGE, records.invoice, async (c) => (await c.getPurchaseInvoices()).records.length),
  claritum('getSalesInvoices', LARGE, records.salesInvoice, async (c) => (await c.getSalesInvoices()).records.length),
  claritum('getStockOrders', LARGE, records.stockOrder, async (c) => (await c.getStockOrders()).records.length),
  {
    ...claritum('getAttachments', LARGE, records.attachment, async (client) => {
      const attachmentRefs = Array.from({ length: records.ATTACHMENTS }, (_, index) => `A-${index}`);
      return (await client.getAttachments({ attachmentRefs })).length;
    }),
  },
  claritum(
    'getSpecification',
    SMALL,
    records.specification,
    async (c) => (await c.getSpecification({ orderRefs: ['x'] })).length,
  ),
  {
    operation: 'Centra events_Get',
    mebibytes: LARGE,
    contentType: 'text/xml; charset=utf-8',
    answer: (bytes) =>
      records.centraPage(
        Array.from({ length: CENTRA_EVENTS }, (_, index) =>
          filled((bytes / CENTRA_EVENTS) * UNQUALIFIED - 5_000, ['', ''], (line) => records.centraProduct(index, line)),
        ),
        centraOrder,
      ),
    call: async (origin) => {
      const endpoint = `${origin}/ams/system/service/module/soap/api`;
      return (await new CentraClient({ endpoint, username: 'u', password: 'p', limits }).eventsGet()).events.length;
    },
  },
  isync('GetProductStockUnits', LARGE, inner('ArrayOfProductStock', records.stockUnits), async (client) => {
    const query = { addedDate: '2026-01-01T00:00:00' };
    return (await client.getProductStockUnits(query)).records.length;
  }),
  isync('GetProductStockCatalogue', LARGE, inner('ArrayOfProduct', records.catalogueProduct), async (client) => {
    const query = { addedDate: '2026-01-01T00:00:00' };
    return (await client.getProductStockCatalogue(query)).records.length;
  }),
  isync('GetWebSalesOrder', SMALL, records.webSalesOrder(inner), async (client) => {
    return (await client.getWebSalesOrder({ poNumber: 'PO-1' }))?.lines.length ?? 0;
  }),
  northScope('ListSalesOrders', 'SalesOrderList', records.warehouseOrder, async (c) => c.listSalesOrders({})),
  northScope('ListInventoryLots', 'LotList', records.lot, async (c) => c.listInventoryLots({})),
  northScope('ListItems', 'ItemList', records.item, async (c) => c.listItems({})),
  northScope('ListCustomerAddresses', 'CustomerShipToList', records.shipTo, async (c) => c.listCustomerAddresses({})),
  northScope('ListUOMSchedules', 'ScheduleList', records.schedule, async (c) => c.listUomSchedules({})),
  northScope('ListSites', 'SiteList', records.site, async (c) => c.listSites({})),
  northScope('ListCompanies', 'CompanyList', records.company, async (c) => c.listCompanies()),
  {
    operation: 'ManEx SO/Get',
    mebibytes: SMALL,
    contentType: 'application/json',
    answer: (bytes) => filled(bytes, records.manexOrder, records.manexLine),
    call: async (endpoint) =>
      (await new ManExClient({ endpoint, apiKey: 'k', limits }).soGet({ soNo: '0000000789' }))?.lines.length ?? 0,
  },
];
