import type { OrderKeys } from './operations';
import { ON_THE_WAY_MS } from './profile';
import type { FaultSettings, SandboxClient, SetFault } from './sandbox-client';
import { isCorrection, type SequenceCell } from './sequence-cells';

/** What is set against the calls about one order, and how often it fell. */
export class Trouble {
  #fallen = 0;
  isOver = false;

  private constructor(
    private readonly sandbox: SandboxClient,
    private readonly settings: readonly FaultSettings[],
  ) {}

  static async set(sandbox: SandboxClient, settings: readonly FaultSettings[]): Promise<Trouble> {
    await sandbox.arm(settings);
    return new Trouble(sandbox, settings);
  }

  async fallen(): Promise<number> {
    if (!this.isOver) this.#fallen = Math.max(this.#fallen, firedOf(await this.sandbox.faults(), this.settings));
    return this.#fallen;
  }

  /** The vendor is mended. */
  async end(): Promise<void> {
    const lifted: SetFault[] = [];
    for (const each of this.settings) lifted.push(...(await this.sandbox.lift(each)));
    this.#fallen = Math.max(this.#fallen, firedOf(lifted, this.settings));
    this.isOver = true;
  }

  /** As the table of faults that fell names it. */
  get names(): { readonly operation: string; readonly fault: string } {
    return {
      operation: [...new Set(this.settings.map(({ operation }) => operation))].join(', '),
      fault: this.settings[0]?.fault ?? 'none',
    };
  }
}

const firedOf = (set: readonly SetFault[], wanted: readonly FaultSettings[]): number =>
  wanted
    .flatMap(({ fault, operation, key = '', contains = '' }) =>
      set.filter(
        (each) =>
          each.fault === fault && each.operation === operation && each.key === key && each.contains === contains,
      ),
    )
    .reduce((all, { fired }) => all + fired, 0);

const LISTS: readonly FaultSettings[] = ['getPurchaseOrders', 'getDeliveries'].map((operation) => ({
  ...{ vendor: 'claritum', operation, fault: '503', phase: 'before' as const, times: -1 },
}));

/**
 * Claritum's lists answer 503. They have no key, so all orders of a world meet it: it lasts until the last one that set it
 * has met it.
 */
export class ListOutage {
  #users = 0;
  #trouble: Promise<Trouble> | undefined;

  constructor(private readonly sandbox: SandboxClient) {}

  /** @returns how often it has fallen since, for whomever */
  async begin(): Promise<() => Promise<number>> {
    this.#users += 1;
    const trouble = await (this.#trouble ??= Trouble.set(this.sandbox, LISTS));
    const before = await trouble.fallen();
    return async () => (await trouble.fallen()) - before;
  }

  async end(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    const ending = this.#trouble;
    this.#trouble = undefined;
    await (await ending)?.end();
  }
}

/** The record whose mark is meant: the order's, or of a correction the delivery's. */
export const markedIn = ({ change }: SequenceCell, { uid, deliveryUid }: OrderKeys): string =>
  isCorrection(change) ? deliveryUid : uid;

/** What is set before the order is there, so that its call is met at the moment; none where the moment needs no help. */
export function atTheMoment(cell: SequenceCell, keys: OrderKeys, pid: number): FaultSettings | null {
  const { soNo, orderId, deliveryUid } = keys;
  const met = (aim: Pick<FaultSettings, 'vendor' | 'operation' | 'key'>, well: Partial<FaultSettings> | null) => {
    if (cell.vendor === '503') return { ...aim, fault: '503', phase: 'before' as const, times: -1 };
    if (cell.vendor === 'killed') return { ...aim, ...killing(pid) };
    return well === null ? null : { ...aim, fault: 'slow', times: 1, ...well };
  };
  const mark = { vendor: 'claritum', operation: 'markExported', key: markedIn(cell, keys) };
  switch (cell.moment) {
    case 'between-manex':
      return met({ vendor: 'manex', operation: 'SO/ItemADD', key: soNo }, { ms: ON_THE_WAY_MS });
    case 'mark-unknown':
      return met(mark, { fault: 'drop' });
    case 'mark-unsent':
      // Twice: gathered with others, a mark is sent again by itself. A delivery's is tried by a local activity first.
      return { ...mark, fault: '429', retryAfter: '2', times: isCorrection(cell.change) ? 4 : 2 };
    case 'after-mark':
      return met({ vendor: 'northscope', operation: 'InsertInboundIntegration', key: orderId }, null);
    case 'after-delivery-mark':
      return cell.vendor === 'killed' ? { ...mark, key: deliveryUid, ...killing(pid), phase: 'after' } : null;
    default:
      return null;
  }
}

const killing = (pid: number): Pick<FaultSettings, 'fault' | 'phase' | 'pid' | 'signal' | 'times'> => ({
  fault: 'kill',
  phase: 'before',
  pid,
  signal: 'SIGKILL',
  times: 1,
});

/** The look of the poller, or of an order for itself. */
export const killAtTheList = (pid: number): FaultSettings => ({
  vendor: 'claritum',
  operation: 'getPurchaseOrders',
  ...killing(pid),
});

/** The look that shows that the goods have left. */
export const killAtTheWarehouse = ({ orderId }: OrderKeys, pid: number): FaultSettings => ({
  vendor: 'northscope',
  operation: 'ListSalesOrders',
  contains: orderId,
  ...killing(pid),
});

/** Every vendor answers 503 to whatever is about this order. */
export const everyCall = (keys: OrderKeys): readonly FaultSettings[] =>
  Object.values(keys).map((key: string) => ({
    ...{ vendor: '*', operation: '*', key, fault: '503', phase: 'before' as const, times: -1 },
  }));
