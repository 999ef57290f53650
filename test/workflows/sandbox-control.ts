import { z } from 'zod';
import { startSandbox } from '../../src/sandbox/server';
import { askSandbox } from '../sandbox/ask-sandbox';

/** The parts of `GET /_sandbox/ledger` that tests look at; everything else passes. */
const SandboxLedger = z.object({
  claritum: z.object({
    purchaseOrders: z.array(z.looseObject({ orderRef: z.string(), exported: z.boolean() })),
    deliveries: z.array(z.looseObject({ uid: z.string(), orderRef: z.string(), exported: z.boolean() })),
    purchaseInvoices: z.array(z.looseObject({ uid: z.string(), invoiceNumber: z.string(), exported: z.boolean() })),
    goodsReceipts: z.array(z.object({ orderRef: z.string(), receiptRef: z.string(), quantity: z.string() }).loose()),
  }),
  northscope: z.object({
    salesOrders: z.array(z.looseObject({ OrderID: z.string(), PONumber: z.string(), StatusName: z.string() })),
    inbound: z.array(z.looseObject({ SourceTransID: z.string(), Status: z.string() })),
  }),
  manex: z.object({
    salesOrders: z.array(
      z.looseObject({
        SONO: z.string(),
        PONO: z.string(),
        SODETAILList: z.array(
          z.looseObject({
            STATUS: z.string(),
            SOPRICESList: z.array(z.looseObject({ PRICE: z.string() })),
            DueDateList: z.array(z.looseObject({ QTY: z.string() })),
          }),
        ),
      }),
    ),
  }),
  calls: z.array(
    z.object({
      vendor: z.string(),
      operation: z.string(),
      key: z.string(),
      outcome: z.string(),
      effects: z.number(),
      fault: z.string().nullable(),
    }),
  ),
});
export type SandboxLedger = z.infer<typeof SandboxLedger>;

/** A running sandbox, with the control API as the people and the tests use it. */
export class SandboxControl {
  constructor(
    readonly origin: string,
    readonly close: () => Promise<void>,
  ) {}

  async ledger(): Promise<SandboxLedger> {
    return SandboxLedger.parse(await this.#call('GET', 'ledger'));
  }

  /** One thing that people do (docs/sandbox.md#world). */
  async world(action: object): Promise<void> {
    await this.#call('POST', 'world', action);
  }

  async fault(fault: object | readonly object[]): Promise<void> {
    await this.#call('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', 'faults');
  }

  #call(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown> {
    return askSandbox(this.origin, method, what, body);
  }
}

export async function openSandbox(orders: number, people: boolean): Promise<SandboxControl> {
  const { origin, close } = await startSandbox({ port: 0, orders, seed: 1, people, control: true });
  return new SandboxControl(origin, close);
}

/** The environment that reaches this sandbox, with the credentials of docs/sandbox.md#addresses-and-credentials. */
export const sandboxEnvironment = (origin: string): Record<string, string> => ({
  CLARITUM_ENDPOINT: `${origin}/system/ws/1.3/soap.php`,
  CLARITUM_API_UID: 'SUP-1001',
  CLARITUM_PASSWORD: 'supplier-secret',
  MANEX_ENDPOINT: origin,
  MANEX_API_KEY: '1234567890',
  NORTHSCOPE_ENDPOINT: `${origin}/services/ActionCommand.svc/APIExecute`,
  NORTHSCOPE_LOGIN: 'TestAPIUser@NorthScope.example.com',
  NORTHSCOPE_PASSWORD: 'StrongPassword',
  NORTHSCOPE_COMPANY_SK: '1',
});
