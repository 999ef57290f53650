import { z } from 'zod';
import { limits } from '../../domain/purchase-order/limits';
import type { XmlInput } from '../../transport/formats/xml';
import { CalendarDate, SignedUnits, Units, measured, text } from './fields';

/**
 * IM Adjustment and IM Transfer for the inbound queue (docs/vendors/northscope.md#im-adjustment-and-im-transfer): stock
 * found or lost, and stock moved from one site to another. Not safe to post twice: a TransactionID that NorthScope
 * knows gets the items added.
 *
 * Left out of the vendor's fields: attributes of transactions and lots, of which our sources tell neither the place nor
 * all members.
 */
const statuses = [
  ...(['New', 'Released', 'In Process', 'Staging'] as const),
  ...(['Loading', 'Shipped', 'Approved', 'Ready To Post'] as const),
];

const header = {
  companyId: text(limits.northscope.companyId),
  /** An existing one gets the items added. */
  transactionId: text(50),
  transactionClassId: text(50).optional(),
  status: z.enum(statuses).default('Ready To Post'),
  /** Calendar date `YYYY-MM-DD`. */
  transactionDate: CalendarDate,
  /** One that NorthScope knows. */
  reasonCode: text(50).optional(),
  userId: text(110).optional(),
};

/** A weight that is not given follows from the units' schedule. */
const lineOf = <Q extends z.ZodType<string, string>>(quantity: Q) =>
  measured(
    z.strictObject({
      /** Whole number; where the transaction has that line already, this one replaces it. */
      itemSort: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
      itemId: text(limits.northscope.itemId),
      units: quantity.optional(),
      unitsUom: text(limits.northscope.unitsUom).optional(),
      weight: quantity.optional(),
      weightUom: text(10).optional(),
      lot: text(50).optional(),
      owner: text(25).optional(),
    }),
  );

/** Signed: a negative quantity takes out of stock. */
const AdjustmentLine = lineOf(SignedUnits);
const TransferLine = lineOf(Units);

const Adjustment = z.strictObject({
  ...header,
  siteId: text(limits.northscope.siteId),
  lines: z.array(AdjustmentLine).min(1).readonly(),
});
export type InventoryAdjustment = z.input<typeof Adjustment>;

const Transfer = z
  .strictObject({
    ...header,
    fromSiteId: text(limits.northscope.siteId),
    toSiteId: text(limits.northscope.siteId),
    trackingNumber: text(50).optional(),
    container: text(50).optional(),
    carrierId: text(50).optional(),
    bolNumber: text(50).optional(),
    lines: z.array(TransferLine).min(1).readonly(),
  })
  .refine(({ fromSiteId, toSiteId }) => fromSiteId !== toSiteId, {
    path: ['toSiteId'],
    message: 'must be another site',
  });
export type InventoryTransfer = z.input<typeof Transfer>;

const detailOf = (line: z.output<typeof AdjustmentLine>): XmlInput => ({
  ItemSort: line.itemSort,
  ItemID: line.itemId,
  TransactionUnits: line.units,
  UnitsUOMID: line.unitsUom,
  TransactionWeight: line.weight,
  WeightUOMID: line.weightUom,
  Lot: line.lot,
  Owner: line.owner,
});

/** @throws z.ZodError */
export function writeAdjustment(data: InventoryAdjustment): XmlInput {
  const { lines, ...given } = Adjustment.parse(data);
  return {
    TransactionHeader: {
      TransactionType: 'Adjustment',
      TransactionClassID: given.transactionClassId,
      TransactionID: given.transactionId,
      TransactionStatusName: given.status,
      SiteID: given.siteId,
      TransactionDate: given.transactionDate,
      ReasonCode: given.reasonCode,
      UserID: given.userId,
      CompanyID: given.companyId,
      TransactionDetail: lines.map(detailOf),
    },
  };
}

/** @throws z.ZodError */
export function writeTransfer(data: InventoryTransfer): XmlInput {
  const { lines, ...given } = Transfer.parse(data);
  return {
    TransactionHeader: {
      TransactionType: 'Transfer',
      TransactionClassID: given.transactionClassId,
      TransactionID: given.transactionId,
      TransactionStatusName: given.status,
      FromSiteID: given.fromSiteId,
      ToSiteID: given.toSiteId,
      TransactionDate: given.transactionDate,
      ReasonCode: given.reasonCode,
      UserID: given.userId,
      CompanyID: given.companyId,
      TrackingNumber: given.trackingNumber,
      Container: given.container,
      CarrierID: given.carrierId,
      BOLNumber: given.bolNumber,
      TransactionDetail: lines.map(detailOf),
    },
  };
}
