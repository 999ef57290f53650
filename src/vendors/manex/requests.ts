import { z } from 'zod';
import { isDecimal, isPositive } from '../../domain/values/decimal';
import { fittingFigure, limits, type FigureLimit, type TextLimit } from '../../domain/purchase-order/limits';
import type { Operation } from './operations';

/** What each operation takes, in our words, and how it is written for ManEx (docs/vendors/manex.md). */

// C0, C1 and half surrogate pairs are refused; a note may have lines.
const visible = /^[^\p{Cc}\p{Cs}]*$/u;
const visibleLines = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u;
const text = ({ longest }: TextLimit) => z.string().min(1).max(longest).regex(visible);
const Text = text(limits.manex.otherText);
const Note = z.string().max(limits.manex.note.longest).regex(visibleLines);
/** UNIQUELN, PLPRICELNK, DUEDT_UNIQ, address links: char(10), case-sensitive, never a line number. */
const Link = text(limits.manex.key);
/** Sent as ManEx stores it: ten digits, zero-padded, so that what is read back is what was sent. */
const TenDigits = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform((value) => value.padStart(10, '0'));
const figure = (limit: FigureLimit) =>
  z.string().transform((value, context) => {
    const fitting = fittingFigure(limit, value);
    if (fitting !== undefined) return fitting;
    const message = `is not a decimal number of at most ${limit.digits} digits and ${limit.decimals} decimals`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
const Quantity = figure(limits.manex.quantity).refine(
  (value) => isDecimal(value) && isPositive(value),
  'is not a positive decimal number',
);
const Amount = figure(limits.manex.price);
const Flag = z.boolean().transform((value) => (value ? '1' : '0'));
const CalendarDate = z.iso.date();
/** Order dates are the one place where ManEx wants the month first. */
const MonthFirstDate = CalendarDate.transform((value) => `${value.slice(5, 7)}-${value.slice(8)}-${value.slice(0, 4)}`);
const TransferDays = z.string().regex(/^\d{1,3}$/);

const headerFields = {
  billingLink: Link.optional(),
  shippingLink: Link.optional(),
  orderDate: MonthFirstDate.optional(),
  poAck: Flag.optional(),
  poNo: text(limits.manex.poNumber).optional(),
  note: Note.optional(),
  // The reply's column is 15 wide, so the longer spelling of the Add table is never what ManEx keeps.
  fob: z.enum(['ORIGIN-CUST P/U', 'ORIGIN-SHIP', 'DESTINATION']).optional(),
  shipVia: Text.optional(),
  shipCharge: Text.optional(),
  footnote: Note.optional(),
  deliveryTime: Text.optional(),
  buyer: Text.optional(),
  attention: Text.optional(),
  discount: Amount.optional(),
  isApproved: Flag.optional(),
  approverInitials: Text.optional(),
  acknowledgementDocument: Text.optional(),
  terms: Text.optional(),
  billAccount: Text.optional(),
};
const headerNames = {
  soNo: 'SoNo',
  custNo: 'custNo',
  billingLink: 'blinkAdd',
  shippingLink: 'slinkAdd',
  orderDate: 'orderDate',
  poAck: 'POAck',
  poNo: 'PoNo',
  note: 'SONote',
  fob: 'FOB',
  shipVia: 'ShipVia',
  shipCharge: 'shipCharge',
  footnote: 'SoFoot',
  deliveryTime: 'DELIV_TIME',
  buyer: 'Buyer',
  attention: 'ATTENTION',
  discount: 'SOAMTDSCT',
  isApproved: 'SOAPPROVAL',
  approverInitials: 'SOAPPRVINIT',
  acknowledgementDocument: 'ACKPO_DOC',
  terms: 'TERMS',
  billAccount: 'BILLACCOUNT',
} as const;

const hasApprover = (input: { isApproved?: string | undefined; approverInitials?: string | undefined }): boolean =>
  input.isApproved !== '1' || input.approverInitials !== undefined;
const noApprover = { path: ['approverInitials'], message: 'is required with isApproved' };

/** Our own number always goes with it: ManEx would assign one and not tell which (docs/vendors/manex.md#soadd). */
const SoAdd = z.strictObject({ soNo: TenDigits, custNo: TenDigits, ...headerFields }).refine(hasApprover, noApprover);
const SoEdit = z.strictObject({ soNo: TenDigits, custNo: TenDigits, ...headerFields }).refine(hasApprover, noApprover);
const SoGet = z.strictObject({ soNo: TenDigits });

const itemFields = {
  partNumber: text(limits.manex.partNumber).optional(),
  /** Null for a part without revisions. */
  revision: text(limits.manex.revision).nullish(),
  uniqKey: Link.optional(),
  eachQuantity: Quantity.optional(),
  transferDays: TransferDays.optional(),
  /** The first due date; ManEx works one out where none is given. */
  dueDate: CalendarDate.optional(),
  note: Note.optional(),
  warehouseKey: Link.optional(),
};
const itemNames = {
  soNo: 'SoNo',
  lineNo: 'line_no',
  partNumber: 'part_num',
  revision: 'revision',
  uniqKey: 'uniq_key',
  unitOfMeasure: 'uOfMeas',
  eachQuantity: 'eachQty',
  quantity: 'ord_qty',
  description: 'soDet_Desc',
  transferDays: 'trans_days',
  dueDate: 'fstduedt',
  deliveryTime: 'deliv_time',
  deliveryFrequency: 'deliFreq',
  note: 'note',
  status: 'status',
  warehouseKey: 'w_key',
  uniqueLn: 'UNIQUELN',
} as const;
const lineStatuses = ['Standard', 'Priority-1', 'Priority-2', 'Cancel', 'Closed'] as const;

/** ManEx accepts a second item with the same line number, so a lost answer is looked up by the marker in `note`. */
const ItemAdd = z
  .strictObject({
    soNo: TenDigits,
    lineNo: Text.optional(),
    ...itemFields,
    quantity: Quantity,
    unitOfMeasure: text(limits.manex.unitOfMeasure),
    description: text(limits.manex.description),
    // Both are required by ManEx's table and mean nothing to most orders.
    deliveryTime: Text.default('12:00'),
    status: z.enum(lineStatuses).default('Standard'),
  })
  .refine((input) => (input.partNumber === undefined) !== (input.uniqKey === undefined), {
    path: ['partNumber'],
    message: 'or uniqKey must be given, and not both',
  });

const ItemEdit = z
  .strictObject({
    soNo: TenDigits,
    lineNo: Text.optional(),
    uniqueLn: Link.optional(),
    ...itemFields,
    quantity: Quantity.optional(),
    unitOfMeasure: text(limits.manex.unitOfMeasure).optional(),
    description: text(limits.manex.description).optional(),
    deliveryFrequency: z.enum(['DY', 'WK', 'MO']).optional(),
    status: z.enum([...lineStatuses, 'Admin Hold']).optional(),
  })
  .refine((input) => (input.lineNo === undefined) !== (input.uniqueLn === undefined), {
    path: ['uniqueLn'],
    message: 'or lineNo must be given, and not both',
  })
  .refine((input) => input.partNumber === undefined || typeof input.revision === 'string', {
    path: ['revision'],
    message: 'is required with partNumber',
  });
const ItemGet = z.strictObject({ uniqueLn: Link });
const ItemDelete = z.strictObject({ soNo: TenDigits, uniqueLn: Link });

const priceFields = {
  soNo: TenDigits,
  uniqueLn: Link,
  price: Amount,
  taxable: Flag.optional(),
  flat: Flag.optional(),
  recordType: Text.optional(),
  extended: Amount.optional(),
};
const priceNames = {
  soNo: 'SoNo',
  uniqueLn: 'UNIQUELN',
  plPriceLnk: 'PLPRICELNK',
  price: 'price',
  taxable: 'taxable',
  flat: 'flat',
  recordType: 'recordType',
  saleTypeId: 'saleTypeID',
  extended: 'extended',
} as const;
/** `saleTypeId` is required by the newer document only, and harmless for the older. */
const PriceAdd = z.strictObject({ ...priceFields, saleTypeId: text(limits.manex.saleTypeId) });
const PriceEdit = z.strictObject({
  ...priceFields,
  plPriceLnk: Link,
  saleTypeId: text(limits.manex.saleTypeId).optional(),
});
const PriceGet = z.strictObject({ uniqueLn: Link });
const PriceDelete = z.strictObject({ soNo: TenDigits, uniqueLn: Link, plPriceLnk: Link });

const dueDateFields = {
  soNo: TenDigits,
  uniqueLn: Link,
  quantity: Quantity,
  dueDate: CalendarDate,
  shipDate: CalendarDate,
  commitDate: CalendarDate.optional(),
};
const dueDateNames = {
  soNo: 'SONO',
  uniqueLn: 'UNIQUELN',
  quantity: 'QTY',
  dueDate: 'DUE_DTS1',
  shipDate: 'SHIP_DTS',
  commitDate: 'COMMIT_DTS',
} as const;
const shipsBefore = (input: { dueDate: string; shipDate: string }): boolean => input.shipDate < input.dueDate;
const shipsTooLate = { path: ['shipDate'], message: 'must be before dueDate' };
const DueDateAdd = z.strictObject(dueDateFields).refine(shipsBefore, shipsTooLate);
const DueDateEdit = z.strictObject({ ...dueDateFields, dueDtUniq: Link }).refine(shipsBefore, shipsTooLate);
const DueDateGet = z.strictObject({ dueDtUniq: Link });
const DueDateDelete = z.strictObject({ dueDtUniq: Link });

/**
 * Per operation: its input, and what it calls the parameter of each field (docs/vendors/manex.md#names-of-parameters).
 */
const parameters = {
  soAdd: { input: SoAdd, names: headerNames },
  soEdit: { input: SoEdit, names: headerNames },
  soGet: { input: SoGet, names: headerNames },
  itemAdd: { input: ItemAdd, names: itemNames },
  itemEdit: { input: ItemEdit, names: itemNames },
  itemGet: { input: ItemGet, names: itemNames },
  itemDelete: { input: ItemDelete, names: { soNo: 'SONO', uniqueLn: 'uniqueln' } },
  priceAdd: { input: PriceAdd, names: priceNames },
  priceEdit: { input: PriceEdit, names: priceNames },
  priceGet: { input: PriceGet, names: priceNames },
  priceDelete: { input: PriceDelete, names: priceNames },
  dueDateAdd: { input: DueDateAdd, names: dueDateNames },
  dueDateEdit: { input: DueDateEdit, names: { ...dueDateNames, dueDtUniq: 'DueDt_Uniq' } },
  dueDateGet: { input: DueDateGet, names: { dueDtUniq: 'DueDateUniq' } },
  dueDateDelete: { input: DueDateDelete, names: { dueDtUniq: 'DueDt_Uniq' } },
} as const satisfies Record<Operation, object>;

export type Input<O extends Operation> = z.input<(typeof parameters)[O]['input']>;

/**
 * The input as ManEx's parameters, in the order of its tables; unset fields are left out.
 *
 * @throws z.ZodError when the input breaks a rule of the vendor's tables.
 */
export function toParameters<O extends Operation>(operation: O, input: Input<O>): Readonly<Record<string, string>> {
  const { names, input: schema } = parameters[operation];
  const checked: Readonly<Record<string, string | null | undefined>> = schema.parse(input);
  return Object.fromEntries(
    Object.entries(names).flatMap(([field, name]) => {
      const value = checked[field];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
