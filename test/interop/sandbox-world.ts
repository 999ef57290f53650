import { startSandbox } from '../../src/sandbox/server';
import { control } from '../sandbox/http-caller';

type Member = string | boolean | null | readonly Member[] | { readonly [name: string]: Member };

/** A record as the ledger shows it: scalars are texts, booleans or null, lists plain arrays. */
export type LedgerRecord = { readonly [name: string]: Member };

/** A sandbox without people, with what a test says people did, and a look at what it holds. */
export async function startWorld(orders = 3) {
  const sandbox = await startSandbox({ port: 0, orders, seed: 1, people: false, control: true });
  return {
    ...sandbox,
    /** @throws Error when the sandbox refuses the action */
    people: async (action: unknown): Promise<void> => {
      const { status, value } = await control(sandbox.origin, 'world', action);
      if (status !== 200) throw new Error(`${JSON.stringify(action)}: ${JSON.stringify(value)}`);
    },
    fault: (fault: object) => control(sandbox.origin, 'faults', fault),
    /** One list of a vendor, `exported` left out: callers never see it. */
    records: async (vendor: string, list: string): Promise<readonly LedgerRecord[]> => {
      const { value } = await control(sandbox.origin, 'ledger', undefined, 'GET');
      const ledger = value as Record<string, Record<string, readonly LedgerRecord[]>>;
      const isSeen = ([name]: readonly [string, Member]) => name !== 'exported';
      return (ledger[vendor]?.[list] ?? []).map((record) => Object.fromEntries(Object.entries(record).filter(isSeen)));
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/**
 * What a client made of a record, to be compared with the ledger's: numbers as the texts they were. A record that is nil
 * comes from zeep as a record of nothing but nil.
 */
export function asTexts(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, asTexts(member)] as const);
  return members.every(([, member]) => member === null) ? null : Object.fromEntries(members);
}
