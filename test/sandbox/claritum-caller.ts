import { XMLParser } from 'fast-xml-parser';
import { startSandbox } from '../../src/sandbox/server';
import { call, control } from './http-caller';

const endpoint = '/system/ws/1.3/soap.php';
const supplier = ['SUP-1001', 'supplier-secret'] as const;
const msp = ['MSP-2001', 'msp-secret'] as const;
export const roles = { supplier, msp };

const parser = new XMLParser({ ignoreAttributes: true, removeNSPrefix: true, parseTagValue: false, trimValues: false });

/** A request by hand, as a person with `curl` writes it. */
export const envelope = (operation: string, inner: string, [uid, password]: readonly [string, string] = supplier) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><w:${operation} xmlns:w="urn:any">` +
  `<apiUid>${uid}</apiUid><password>${password}</password>${inner}</w:${operation}></e:Body></e:Envelope>`;

interface Fault {
  readonly faultcode: string;
  readonly faultstring: string;
  readonly faultactor: string;
}

type Item = Readonly<Record<string, unknown>>;

interface ClaritumLedger {
  readonly purchaseOrders: readonly Item[];
  readonly deliveries: readonly Item[];
  readonly stockOrders: readonly Item[];
  readonly purchaseInvoices: readonly Item[];
  readonly salesInvoices: readonly Item[];
  readonly goodsReceipts: readonly Item[];
  readonly customers: readonly Item[];
  readonly suppliers: readonly Item[];
  readonly specifications: readonly Item[];
}

/** A sandbox without people, and Claritum in it spoken to by hand-written envelopes. */
export async function startClaritum(orders = 3) {
  const sandbox = await startSandbox({ port: 0, orders, seed: 1, people: false, control: true });
  const url = `${sandbox.origin}${endpoint}`;
  const post = (body: string, headers: Record<string, string> = {}) =>
    call(url, { body, headers: { 'content-type': 'text/xml; charset=utf-8', ...headers }, patienceMs: 25_000 });
  const ask = async (operation: string, inner = '', role = supplier as readonly [string, string]) => {
    const { status, body = '' } = await post(envelope(operation, inner, role), { soapaction: `"${url}#${operation}"` });
    const parsed = parser.parse(body, true) as { Envelope: { Body: Record<string, Record<string, unknown>> } };
    const { Fault: fault, [`${operation}Response`]: response } = parsed.Envelope.Body;
    const result = response?.['return'];
    const item =
      typeof result === 'object' && result !== null ? (result as Record<string, unknown>)['item'] : undefined;
    const list = (item === undefined ? [] : [item].flat()) as unknown as readonly Item[];
    return { status, body, fault: fault as unknown as Fault | undefined, result, list };
  };
  return {
    ...sandbox,
    url,
    post,
    ask,
    world: (action: unknown) => control(sandbox.origin, 'world', action),
    ledger: async () => {
      const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
      return value as { claritum: ClaritumLedger; calls: readonly Item[] };
    },
  };
}

export type ClaritumCaller = Awaited<ReturnType<typeof startClaritum>>;
