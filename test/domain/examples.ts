import { resolve } from 'node:path';
import type { CustomerAddress, Item, Site, UomConversion } from '../../src/domain/stock/inventory';
import { planOrder, type OrderPlan, type ReferenceData } from '../../src/domain/purchase-order/order-plan';
import type { Policy } from '../../src/domain/case/policy';
import type { PurchaseOrder, PurchaseOrderDelivery } from '../../src/domain/purchase-order/purchase-order';
import { loadPolicy } from '../../src/policy/load';

/** A Monday. */
export const NOW = '2026-01-05T09:00:00Z';

export const delivery = (changes: Partial<PurchaseOrderDelivery> = {}): PurchaseOrderDelivery => ({
  deliveryRef: 'PO-10231-D1',
  sequence: '1',
  address: {
    description: null,
    company: 'Alpine Retail Group',
    street: '4 Quay Street',
    city: 'Leith',
    county: null,
    postCode: 'EH6 6AA',
    country: 'GB',
  },
  quantity: '10',
  requiredDate: '2026-01-22T12:00:00Z',
  instructions: null,
  ...changes,
});

export const purchaseOrder = (changes: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
  uid: 'uid-1',
  orderRef: 'PO-10231',
  poNumber: 'ALP-77',
  projectTitle: 'Labels',
  customerName: 'Alpine Retail Group',
  supplierRef: null,
  status: 'authorised',
  authorisedDate: NOW,
  deliveryDate: '2026-01-22T12:00:00Z',
  productCode: 'LBL-0071',
  quantity: '10',
  unitPrice: '42.50',
  unitOfMeasure: 'boxes of 15',
  currency: 'GBP',
  net: '425.00',
  tax: '85.00',
  gross: '510.00',
  buyer: null,
  deliveries: [delivery()],
  attachments: [],
  lastModified: NOW,
  ...changes,
});

/** Times and intervals as the example has them; the days are those the tests count with. */
const fulfilment: Policy['fulfilment'] = {
  ...loadPolicy(resolve(__dirname, '../../waybill.policy.example.json')).fulfilment,
  leadDays: 3,
  transitDays: 2,
  defaultDueDays: 14,
};

export const policy = (changes: Partial<Policy> = {}): Policy => ({
  company: { timeZone: 'Europe/London', companyId: 'WAYBILL', sourceSystem: 'Waybill' },
  approval: {
    limits: [{ currency: 'GBP', above: '10000.00', approvers: [] }],
    onPriceDifference: true,
    onLateDate: true,
    approvers: [],
    remindEvery: null,
    escalation: null,
    deadline: '2 days',
    atDeadline: 'remind',
  },
  customers: [
    {
      name: 'Alpine Retail Group',
      custNo: '0000000008',
      customerId: 'ALPINE',
      addresses: { '*': 'MAIN', 'SK1 2BX': 'EAST' },
      excludedApprovers: ['morag'],
    },
  ],
  products: [
    {
      productCode: 'LBL-0071',
      partNumber: 'LBL-0071',
      revision: 'B',
      saleTypeId: 'OTHER',
      itemId: '0071',
      siteId: 'SEATTLE',
      agreedPrice: '42.50',
      currency: 'GBP',
    },
  ],
  units: [
    { claritum: 'single units', manex: 'EACH', northscope: 'Each' },
    { claritum: 'boxes of 15', manex: 'BOX', northscope: 'Box' },
  ],
  fulfilment,
  claritum: {
    absentFor: '1 minute',
    manyAbsent: { atLeast: 3, oneIn: 3 },
    orderStatuses: { go: [], wait: [] },
    deliveryStatuses: { delivered: [], underWay: [] },
  },
  polling: { claritum: '5 seconds', northscope: '5 seconds' },
  ...changes,
});

const site: Site = { siteSk: '1', siteId: 'SEATTLE', siteName: 'Seattle Dock', companyId: 'WAYBILL' };
export const item: Item = {
  itemSk: '71',
  itemId: '0071',
  description: 'Label',
  uomScheduleSk: '2',
  unitsUom: 'Each',
  isInactive: false,
};
const address = (addressId: string): CustomerAddress => ({
  customerId: 'ALPINE',
  customerName: 'Alpine Retail Group',
  addressId,
  addressName: addressId,
  city: null,
  zip: null,
  country: null,
});

/** `'Box 15 Each'` is one conversion of schedule 2: fifteen Each make one Box. */
export function conversions(...lines: readonly string[]): UomConversion[] {
  return lines.map((line) => {
    const [from = '', factor = '', to = ''] = line.split(' ');
    return { scheduleSk: '2', from, to, factor };
  });
}

export const reference = (changes: Partial<ReferenceData> = {}): ReferenceData => ({
  sites: [site],
  items: [item],
  uomConversions: conversions('Box 15.00000 Each', 'Each 1.00000 Each'),
  addresses: [address('MAIN'), address('EAST')],
  ...changes,
});

/** The plan of an order that maps, else an error that says what is missing. */
export function planned(order: PurchaseOrder = purchaseOrder(), by: Policy = policy()): OrderPlan {
  const result = planOrder(order, by, reference(), NOW);
  if (result.kind === 'unmapped') throw new Error(result.missing.join('\n'));
  return result.plan;
}
