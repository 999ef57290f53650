import type { OrderKeys } from './operations';
import type { PeopleOutside } from './people-outside';
import type { SandboxClient } from './sandbox-client';
import type { SequenceCell } from './sequence-cells';

/** What the buyer wants at first and after an amendment; over the limit of the policy where an approval is open. */
const quantities = ({ moment }: SequenceCell) =>
  moment === 'before-approval'
    ? ({ first: '12000', 'amend-up': '12600', 'amend-down': '800' } as const)
    : ({ first: '100', 'amend-up': '150', 'amend-down': '60' } as const);

/** One change of mind: what is written into Claritum when its moment has come. */
export class Mind {
  /** What the buyer wants, as it stands in the record now. */
  wanted: string;
  readonly secondUid: string;
  /** Between which calls the change was made; undefined as long as it was not. */
  changedAt: { readonly since: number; readonly from: number } | undefined;
  /** The record is off the list. */
  isAway = false;
  /** It is off the list because it was marked. */
  isMarked = false;
  isRestored = false;
  /** Epoch milliseconds of the last word. */
  backAt = 0;

  constructor(
    private readonly cell: SequenceCell,
    private readonly keys: OrderKeys,
    private readonly sandbox: SandboxClient,
    private readonly people: PeopleOutside,
  ) {
    this.secondUid = `${keys.uid}-B`;
    this.wanted = quantities(cell).first;
  }

  /** Whether nothing of the change is still to come. */
  get isSaid(): boolean {
    return this.cell.change !== 'absent-and-back' || this.isRestored;
  }

  /** The change, or the first half of one that is in two. */
  async firstWord(): Promise<void> {
    const { cell, keys, sandbox, people } = this;
    const { orderRef, uid, deliveryUid } = keys;
    const since = (await sandbox.ledgerNow()).calls.length;
    const act = (action: object, withdrawn?: string): Promise<void> => people.act(action, withdrawn);
    switch (cell.change) {
      case 'amend-up':
      case 'amend-down':
        this.wanted = quantities(cell)[cell.change];
        await act({ amend: { orderRef, set: { quantity: this.wanted } } });
        break;
      case 'cancel':
        this.isAway = true;
        await act({ cancel: { orderRef } }, uid);
        break;
      case 'cancelled-in-list':
        await act({ cancel: { orderRef, listed: true } });
        break;
      case 'absent-and-back':
        await this.#goAway();
        break;
      case 'corrected-up':
        await act({ reopen: { deliveryRef: deliveryUid, quantity: 100 } });
        break;
      case 'corrected-down':
        await act({ reopen: { deliveryRef: deliveryUid, quantity: 60 } });
        break;
      case 'second-record':
        await act({
          add: { purchaseOrder: { orderRef, uid: this.secondUid, poNumber: `${keys.uid}-SECOND`, quantity: '70' } },
        });
        break;
    }
    this.changedAt = { since, from: (await sandbox.ledgerNow()).calls.length };
  }

  /** A mark may have taken it off the list already. */
  async #goAway(): Promise<void> {
    const { orderRef, uid } = this.keys;
    const { claritum } = await this.sandbox.ledgerNow();
    this.isAway = true;
    this.isMarked = claritum.purchaseOrders.some((order) => order.uid === uid && order.exported);
    if (!this.isMarked) await this.people.act({ remove: { orderRef } }, uid);
    // While nobody knows of the mark, it comes back at once: the next look would be that of the mark.
    else if (this.cell.moment === 'mark-unknown') await this.lastWord();
  }

  /** What was away is on the list again, as it was. */
  async lastWord(): Promise<void> {
    const { orderRef } = this.keys;
    const isBack = this.isMarked ? { amend: { orderRef, set: {}, sameInstant: true } } : { restore: { orderRef } };
    await this.people.act(isBack);
    this.isAway = false;
    this.isRestored = true;
    this.backAt = Date.now();
  }

  /** The buyer takes the amendment back. */
  async takeBack(): Promise<void> {
    const { first } = quantities(this.cell);
    if (this.cell.change !== 'amend-down' || this.wanted === first) return;
    this.wanted = first;
    await this.people.act({ amend: { orderRef: this.keys.orderRef, set: { quantity: first } } });
  }
}
