import { z } from 'zod';

const Delivery = z.object({ deliveryRef: z.string(), quantity: z.string(), requiredDate: z.string().nullable() });

/** The part of `GET /_sandbox/ledger` that the demo reads; every record in the vendor's own names. */
const SandboxLedger = z.object({
  claritum: z.object({
    purchaseOrders: z.array(
      z.object({
        orderRef: z.string(),
        poNumber: z.string(),
        customerName: z.string(),
        productCode: z.string(),
        quantity: z.string(),
        unitPrice: z.string(),
        currency: z.string(),
        deliveries: z.array(Delivery),
        exported: z.boolean(),
      }),
    ),
    deliveries: z.array(
      z.object({
        orderRef: z.string(),
        deliveryRef: z.string(),
        quantity: z.string(),
        status: z.string(),
        exported: z.boolean(),
      }),
    ),
    goodsReceipts: z.array(
      z.object({
        orderRef: z.string(),
        allocations: z.array(z.object({ deliveryRef: z.string(), quantity: z.string() })),
      }),
    ),
    purchaseInvoices: z.array(
      z.object({
        orderRef: z.string().nullable(),
        currency: z.string(),
        net: z.string(),
        lines: z.array(z.object({ quantity: z.string() })),
        exported: z.boolean(),
      }),
    ),
  }),
  manex: z.object({
    salesOrders: z.array(
      z.object({
        SONO: z.string(),
        PONO: z.string(),
        CUSTNO: z.string(),
        SODETAILList: z.array(
          z.object({
            ORD_QTY: z.string(),
            UOFMEAS: z.string(),
            PART_NUM: z.string(),
            STATUS: z.string(),
            SOPRICESList: z.array(z.object({ PRICE: z.string() })),
            DueDateList: z.array(z.object({ DUE_DTS1: z.string(), QTY: z.string() })),
          }),
        ),
      }),
    ),
  }),
  northscope: z.object({
    salesOrders: z.array(
      z.object({
        OrderID: z.string(),
        PONumber: z.string(),
        CustomerID: z.string(),
        SalesOrderDetailList: z.array(
          z.object({
            ItemID: z.string(),
            UnitsUOM: z.string(),
            OrderUnits: z.string(),
            AllocatedUnits: z.string(),
            ShippedUnits: z.string(),
          }),
        ),
      }),
    ),
  }),
});
export type SandboxLedger = z.infer<typeof SandboxLedger>;
export type SeedOrder = SandboxLedger['claritum']['purchaseOrders'][number];

/** What every system holds now, as the sandbox itself tells it. */
export async function readLedger(origin: string): Promise<SandboxLedger> {
  const response = await fetch(`${origin}/_sandbox/ledger`);
  if (!response.ok) throw new Error(`the sandbox did not return its ledger: HTTP ${response.status}`);
  return SandboxLedger.parse(await response.json());
}
