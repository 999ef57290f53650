import type { SandboxLedger } from '../durability/auditor/evidence';

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

type Lists<Name extends string> = Readonly<Record<Name, Rows>>;

/** The ledger with the lists that no purchase order comes by. */
export interface WholeLedger extends SandboxLedger {
  readonly claritum: SandboxLedger['claritum'] & Lists<'purchaseOrders' | 'stockOrders' | 'customers' | 'suppliers'>;
  readonly centra: Lists<'events' | 'orders' | 'products'>;
  readonly isync: Lists<'stock' | 'salesOrders' | 'creditNotes'>;
}

export const readSandboxLedger = (origin: string): Promise<WholeLedger> => askSandbox(origin, 'GET', 'ledger');
