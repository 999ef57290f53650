import * as fc from 'fast-check';
import { FailureType } from '../../../src/domain/case/failure-types';
import { VendorError } from '../../../src/transport/http/vendor-error';
import { ISyncClient } from '../../../src/vendors/isync/client';
import { sampleOrder } from './orders';
import { isLogin, serveOneKey, type OneKeyVendor } from './vendor';

type Owner = 'A' | 'B';
const ownerOf = ({ path }: { readonly path: string }): Owner => (path === '/A' ? 'A' : 'B');

/** Each client is a process for iSync: it shares no session with the other. The path tells which one it is. */
const clientOf = (vendor: OneKeyVendor, owner: Owner): ISyncClient =>
  new ISyncClient({ endpoint: `${vendor.served.origin}/${owner}`, username: 'webstore', password: 'A05E63A' });

/** One attempt of an activity. */
async function attempt(isync: ISyncClient, poNumber: string): Promise<'done' | 'contended'> {
  try {
    await isync.persistWebSalesOrder({ ...sampleOrder, poNumber });
    return 'done';
  } catch (error) {
    const isContended = error instanceof VendorError && error.code === 'SESSION_CONTENDED';
    if (isContended && error.type === FailureType.VendorUnavailable) return 'contended';
    throw error;
  }
}

const orders = (owner: Owner, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${owner}-${index}`);

/** All of these orders, some at a time; like the workflow, what was not carried out is tried again, and nothing else. */
async function work(isync: ISyncClient, poNumbers: readonly string[], together = 1): Promise<void> {
  const waiting = [...poNumbers];
  const line = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if ((await attempt(isync, next)) === 'contended') waiting.push(next);
    }
  };
  await Promise.all(Array.from({ length: together }, line));
}

/** Lets requests in by the turns of their senders; whoever has finished is passed over, and after the last turn all go. */
class Turns {
  readonly #order: Owner[];
  readonly #waiting = new Map<Owner, () => void>();
  readonly #finished = new Set<Owner>();
  #isOn = false;

  constructor(order: readonly Owner[]) {
    this.#order = [...order];
  }

  async taken(owner: Owner): Promise<void> {
    const turn = new Promise<void>((resolve) => this.#waiting.set(owner, resolve));
    this.#pass();
    await turn;
  }

  /** The request that was let in has been answered. */
  over(): void {
    this.#order.shift();
    this.#isOn = false;
    this.#pass();
  }

  finish(owner: Owner): void {
    this.#finished.add(owner);
    this.#pass();
  }

  #pass(): void {
    if (this.#isOn) return;
    while (this.#order[0] !== undefined && this.#finished.has(this.#order[0])) this.#order.shift();
    const next = this.#order[0] ?? [...this.#waiting.keys()][0];
    const enter = next === undefined ? undefined : this.#waiting.get(next);
    if (next === undefined || enter === undefined) return;
    this.#isOn = true;
    this.#waiting.delete(next);
    enter();
  }
}

let vendor: OneKeyVendor | undefined;
afterEach(async () => vendor?.served.close());

const turnsOf = async (order: readonly Owner[]): Promise<{ turns: Turns; vendor: OneKeyVendor }> => {
  const turns = new Turns(order);
  return {
    turns,
    vendor: await serveOneKey(undefined, { in: (request) => turns.taken(ownerOf(request)), out: () => turns.over() }),
  };
};

describe('two processes with the same credentials', () => {
  it.each([1, 4, 20])('get all their orders through, each once, %i at a time', async (together) => {
    vendor = await serveOneKey();
    const poNumbers = { A: orders('A', 40), B: orders('B', 40) };
    await Promise.all([
      work(clientOf(vendor, 'A'), poNumbers.A, together),
      work(clientOf(vendor, 'B'), poNumbers.B, together),
    ]);
    expect(vendor.effects.toSorted()).toEqual([...poNumbers.A, ...poNumbers.B].toSorted());
    const executes = vendor.served.requests.filter((request) => !isLogin(request)).length;
    const refusals = executes - 80;
    // They did void each other's keys, or nothing is proved.
    expect(refusals).toBeGreaterThan(0);
    expect(vendor.logins()).toBeLessThanOrEqual(2 + refusals);
  });

  it('cannot both be kept from working: who logs in last gets through, the other tries later', async () => {
    // Both log in; from then on each logs in between the login and the request of the other, as long as it can.
    const { turns, vendor: alternating } = await turnsOf(['A', 'B', 'A', 'A', 'B', 'B', 'A', 'B']);
    vendor = alternating;
    const a = clientOf(vendor, 'A');
    const b = clientOf(vendor, 'B');
    const ends = await Promise.all([
      attempt(a, 'A-0').finally(() => turns.finish('A')),
      attempt(b, 'B-0').finally(() => turns.finish('B')),
    ]);
    expect([ends, vendor.effects]).toEqual([['contended', 'done'], ['B-0']]);
    expect(vendor.arrived.map((request) => `${ownerOf(request)}${isLogin(request) ? ' logs in' : ''}`)).toEqual([
      'A logs in',
      'B logs in',
      'A',
      'A logs in',
      'B',
      'B logs in',
      'A',
      'B',
    ]);
  });

  it('carry out every order once, whoever’s turn it is when', async () => {
    let contended = 0;
    const owner = fc.constantFrom<Owner>('A', 'B');
    await fc.assert(
      fc.asyncProperty(fc.array(owner, { minLength: 8, maxLength: 40 }), async (order) => {
        const { turns, vendor: served } = await turnsOf(order);
        const processes = (['A', 'B'] as const).map(async (name) =>
          work(clientOf(served, name), orders(name, 3)).finally(() => turns.finish(name)),
        );
        await Promise.all(processes);
        expect(served.effects.toSorted()).toEqual([...orders('A', 3), ...orders('B', 3)].toSorted());
        contended += served.logins() - 2;
        await served.served.close();
      }),
      { numRuns: 40 },
    );
    expect(contended).toBeGreaterThan(0);
  });
});
