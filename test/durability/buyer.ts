import type { Content, SandboxLedger, PurchaseOrderRow, VersionRow } from './auditor/evidence';
import type { SandboxClient } from './sandbox-client';
import { contentsIn } from './versions';

const exportedIn = ({ claritum }: SandboxLedger): ReadonlySet<string> =>
  new Set(
    [...claritum.purchaseOrders, ...claritum.deliveries, ...claritum.purchaseInvoices].flatMap(({ uid, exported }) =>
      exported ? [uid] : [],
    ),
  );

const isSame = (left: Content | undefined, right: Content): boolean => JSON.stringify(left) === JSON.stringify(right);

/**
 * The people outside: the buyer, the warehouse, the carrier, the accounts. Whatever they write into Claritum is noted with
 * the calls between which they wrote it; one at a time, so that each note is of one deed.
 */
export class Buyer {
  readonly versions: VersionRow[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly sandbox: SandboxClient) {}

  /** Writes a purchase order of so many. */
  async place(order: {
    readonly orderRef: string;
    readonly uid: string;
    readonly quantity: string;
  }): Promise<PurchaseOrderRow> {
    await this.act({ add: { purchaseOrder: order } });
    const { claritum } = await this.sandbox.ledgerNow();
    const row = claritum.purchaseOrders.find(({ uid }) => uid === order.uid);
    if (row === undefined) throw new RangeError(`the sandbox did not take ${order.orderRef}`);
    return row;
  }

  /** Does one thing. @param withdrawn the uid of the order that is off the list by it */
  act(action: object, withdrawn?: string): Promise<void> {
    const done = this.#turn.then(() => this.#act(action, withdrawn));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #act(action: object, withdrawn?: string): Promise<void> {
    const before = await this.sandbox.ledgerNow();
    const ids = await this.sandbox.world(action);
    const after = await this.sandbox.ledgerNow();
    const [known, exported, unlisted] = [contentsIn(before), exportedIn(before), 'restore' in action];
    const at = { since: before.calls.length, from: after.calls.length };
    for (const [uid, content] of contentsIn(after)) {
      const isRelisted = ids.includes(uid) && (exported.has(uid) || unlisted);
      if (uid === withdrawn) this.versions.push({ uid, ...at, content: null });
      else if (isRelisted || !isSame(known.get(uid), content)) this.versions.push({ uid, ...at, content });
    }
  }
}
