/** Asks the control API of a sandbox (docs/sandbox.md). @throws Error for any answer that is no success */
export async function askSandbox<T = unknown>(
  origin: string,
  method: 'GET' | 'POST' | 'DELETE',
  what: string,
  body?: unknown,
): Promise<T> {
  const answer = await fetch(`${origin}/_sandbox/${what}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${what} ${JSON.stringify(body)}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

/** One line of the ledger's `calls`. */
export interface SandboxCall {
  readonly vendor: string;
  readonly operation: string;
  /** Business keys, joined by `,`. */
  readonly key: string;
  readonly outcome: string;
  readonly effects: number;
  readonly fault: string | null;
}

type Lists<Name extends string> = Readonly<Record<Name, Rows>>;

/** `GET /_sandbox/ledger` as it comes: the vendors' lists, and the calls. */
export interface SandboxLedger {
  readonly claritum: Lists<'purchaseOrders' | 'deliveries' | 'purchaseInvoices' | 'goodsReceipts' | 'stockOrders'>;
  readonly manex: Lists<'salesOrders'>;
  readonly northscope: Lists<'salesOrders' | 'inbound'>;
  readonly centra: Lists<'events' | 'orders' | 'products'>;
  readonly isync: Lists<'stock' | 'salesOrders' | 'creditNotes'>;
  readonly calls: readonly SandboxCall[];
}

export const readSandboxLedger = (origin: string): Promise<SandboxLedger> => askSandbox(origin, 'GET', 'ledger');
