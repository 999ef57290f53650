/**
 * The small world all five sandboxes share. The example policy (`waybill.policy.example.json`) maps exactly these
 * names; a change here is a change there.
 */
export const company = { dataEntityCompanySk: '1', companyId: 'WAYBILL' } as const;

export const sites = [
  {
    siteSk: '1',
    siteId: 'SEATTLE',
    siteName: 'Seattle Dock',
    city: 'Seattle',
    state: 'WA',
    zip: '98101',
    country: 'US',
  },
  {
    siteSk: '2',
    siteId: 'TACOMA',
    siteName: 'Tacoma Cold Store',
    city: 'Tacoma',
    state: 'WA',
    zip: '98402',
    country: 'US',
  },
] as const;

/** Customers as each system knows them. */
export const customers = [
  {
    name: 'Alpine Retail Group',
    externalId: 'ALPINE',
    custNo: '0000000008',
    customerId: 'ALPINE',
    addressIds: ['MAIN', 'EAST'],
  },
  {
    name: 'Borealis Foods',
    externalId: 'BOREALIS',
    custNo: '0000000009',
    customerId: 'BOREALIS',
    addressIds: ['MAIN', 'EAST'],
  },
] as const;

/**
 * Products: Claritum orders them in boxes of `boxQuantity` (or single units where it is 1), ManEx sells and NorthScope
 * keeps them by `each`; `agreedPrice` is for one Claritum unit of measure.
 */
export const products = [
  {
    productCode: 'BRO-A4-16',
    title: 'Brochure A4, 16 pages',
    partNumber: 'BRO-A4-16',
    revision: 'A',
    uniqKey: '_44Y0WP6H4',
    itemId: 'BRO-A4-16',
    boxQuantity: 1,
    agreedPrice: '0.85',
    currency: 'GBP',
  },
  {
    productCode: 'LBL-0071',
    title: 'Label 70 x 100, roll',
    partNumber: 'LBL-0071',
    revision: 'B',
    uniqKey: '_44Y0WP6H5',
    itemId: '0071',
    boxQuantity: 15,
    agreedPrice: '42.50',
    currency: 'GBP',
  },
] as const;

/** Lots on hand per product and site at reset. */
export const lots = [
  { lotSk: '501', lot: 'L-2601', itemId: 'BRO-A4-16', siteId: 'SEATTLE', onHandUnits: '60000.00000' },
  { lotSk: '502', lot: 'L-2602', itemId: 'BRO-A4-16', siteId: 'SEATTLE', onHandUnits: '900000.00000' },
  { lotSk: '503', lot: 'L-2603', itemId: '0071', siteId: 'SEATTLE', onHandUnits: '9000.00000' },
  { lotSk: '504', lot: 'L-2604', itemId: '0071', siteId: 'TACOMA', onHandUnits: '90000.00000' },
] as const;

/** NorthScope's unit-of-measure schedules: `ConversionValue` of `ToUOMID` in one `FromUOMID`, five decimals. */
export const uomSchedules = [
  { scheduleSk: '1', from: 'Each', to: 'Each', factor: '1.00000' },
  { scheduleSk: '2', from: 'Box', to: 'Each', factor: '15.00000' },
  { scheduleSk: '2', from: 'Each', to: 'Each', factor: '1.00000' },
] as const;

/** Which schedule an item uses. */
export const itemSchedule: Readonly<Record<string, string>> = { 'BRO-A4-16': '1', '0071': '2' };
