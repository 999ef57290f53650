import { NorthScopeSandbox } from '../../../src/sandbox/northscope/sandbox';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { NorthScopeClient, type NorthScopeConfig } from '../../../src/vendors/northscope/client';
import { serveSandbox, type Served } from '../served';

const account = { login: 'TestAPIUser@NorthScope.example.com', password: 'StrongPassword', companySk: '1' };

/** An SO Order of 60 labels, which Seattle keeps in lot 503. */
export const order = {
  orderId: '0000010231-1',
  companyId: 'WAYBILL',
  poNumber: "PO-1042 O'Neil & Söhne",
  customerId: 'ALPINE',
  addressId: 'MAIN',
  siteId: 'SEATTLE',
  orderDate: '2026-01-05',
  shipByDate: '2026-01-12',
  lines: [{ itemId: '0071', units: '60', unitsUom: 'Each' }],
};
export const queued = {
  sourceSystem: 'Waybill',
  sourceTransactionId: order.orderId,
  created: '2026-01-05T09:00:00.000Z',
};
export const one = { orderItemSk: '1', lotSk: '503', units: '1', unitsUom: 'Each' };

/** What the call throws; a call that succeeds is the test's failure. */
export async function errorOf(call: Promise<unknown>): Promise<VendorError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof VendorError) return error;
    throw error;
  }
  throw new Error('expected the call to be refused');
}

/** NorthScope's sandbox over HTTP, its inbound queue moved by hand. */
export interface NorthScopeAtWork {
  readonly sandbox: NorthScopeSandbox;
  readonly served: Served;
  clientOf(config?: Partial<NorthScopeConfig>): NorthScopeClient;
  /** RequestNames in the order they came. */
  requestNames(): string[];
  /** Queues {@link order}, and has it worked off. */
  enter(northscope: NorthScopeClient): Promise<void>;
  close(): Promise<void>;
}

export async function startNorthScope(): Promise<NorthScopeAtWork> {
  const sandbox = new NorthScopeSandbox({ inboundDelayMs: 600_000 });
  const served = await serveSandbox(sandbox);
  const endpoint = `${served.origin}/services/ActionCommand.svc/APIExecute`;
  const name = /<RequestName>(\w+)<|"RequestName":"(\w+)"/;
  return {
    sandbox,
    served,
    clientOf: (config = {}) => new NorthScopeClient({ endpoint, ...account, ...config }),
    requestNames: () => served.requests.map(({ body }) => name.exec(body)?.slice(1).join('') ?? ''),
    enter: async (northscope) => {
      await northscope.insertInboundIntegration({ ...queued, transactionType: 'SOOrder', data: order });
      sandbox.tick();
    },
    close: async () => {
      sandbox.close();
      await served.close();
    },
  };
}
