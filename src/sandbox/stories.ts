import { compare } from '../domain/values/decimal';
import type { CentraWorld } from './centra-actions';
import { isFields } from './fields';
import type { Fields } from './fields';
import { lots } from './seed';
import { WorldRefused } from './world-fields';
import type { ISyncWorld, NorthScopeWorld } from './world';

/** What people are asked to play with `reset`. */
export const storyNames = ['partial-cancel', 'refund', 'back-order'] as const;
export type StoryName = (typeof storyNames)[number];

interface OpenOrder {
  readonly orderUnits: string;
  readonly allocatedUnits: string;
}

/** What those who play see and do. */
export interface Stage {
  readonly centra: Pick<CentraWorld, 'placeWebOrder' | 'cancelWebOrder' | 'refundWebOrder'> & { ledger(): Fields };
  readonly isync: Pick<ISyncWorld, 'ship' | 'setUnits'> & { ledger(): Fields };
  readonly northscope: Pick<NorthScopeWorld, 'setStock'> & { openOrders(): readonly OpenOrder[] };
}

/** How long somebody takes for what is not to come at once: others are to see the state before. */
const A_WHILE = 5;

/** Given to the warehouse in Each, of an item whose orders are for more. */
const SCARCE = { itemId: '0071', onHand: '30' } as const;

/** One story: each `yield` is the end of somebody's turn, and names the web order nobody else is to ship. */
type Story = Generator<string, void>;

const rows = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

const webOrder = ({ centra }: Stage, id: string): Fields =>
  rows(centra.ledger()['orders']).find((order) => order['id'] === id) ?? {};

/** Whether iSync has the order and may pack it: approved, or taken on. */
const isTaken = ({ isync }: Stage, id: string): boolean =>
  rows(isync.ledger()['salesOrders']).some(
    ({ PONumber, StatusID }) => PONumber === id && (StatusID === '3' || StatusID === '11'),
  );

/** As the shop knows it, which hears of it from its client. */
const isShipped = (stage: Stage, id: string): boolean =>
  rows(webOrder(stage, id)['shipments']).some(({ shipped }) => shipped === 'yes');

/** The first row of the order that has something left. */
const orderItem = (stage: Stage, id: string): string | undefined => {
  const [product] = rows(webOrder(stage, id)['products']);
  const [size] = rows(product?.['sizes']);
  const item = size?.['orderitem'];
  return isFields(item) && typeof item['id'] === 'string' ? item['id'] : undefined;
};

function ordered({ centra }: Stage, sku: string, quantity: string): string {
  const line = { sku, quantity, price: '', discount: '0' };
  return centra.placeWebOrder({ currency: 'SEK', paid: true, shipping: '', lines: [line] })?.[0] ?? '';
}

function* waited(id: string, turns: number): Story {
  for (let turn = 0; turn < turns; turn += 1) yield id;
}

function* takenOn(stage: Stage, id: string): Story {
  while (!isTaken(stage, id)) yield id;
  yield* waited(id, A_WHILE);
}

const shippedNow = ({ isync }: Stage, id: string): unknown =>
  isync.ship({ webOrder: id, tracking: `NW-${id}`, invoiceNumber: '' });

/** The customer takes one of three back when the order is with the warehouse already. */
function* partialCancel(stage: Stage): Story {
  const id = ordered(stage, 'TEE100BLK-S', '3');
  yield* takenOn(stage, id);
  const item = orderItem(stage, id);
  if (item !== undefined) stage.centra.cancelWebOrder({ webOrder: id, lines: [{ orderitem: item, quantity: '1' }] });
  yield* waited(id, A_WHILE);
  shippedNow(stage, id);
}

/** One of two comes back after it was shipped. */
function* refund(stage: Stage): Story {
  const id = ordered(stage, 'TEE100BLK-M', '2');
  yield* takenOn(stage, id);
  shippedNow(stage, id);
  while (!isShipped(stage, id)) yield id;
  yield* waited(id, A_WHILE);
  const item = orderItem(stage, id);
  if (item !== undefined) stage.centra.refundWebOrder({ webOrder: id, lines: [{ orderitem: item, quantity: '1' }] });
}

function count({ northscope }: Stage, units: string | undefined): void {
  for (const { lot, itemId, siteId, onHandUnits } of lots) {
    if (itemId !== SCARCE.itemId) continue;
    northscope.setStock({ lot, item: itemId, site: siteId, onHand: units ?? onHandUnits });
  }
}

const lacksGoods = ({ northscope }: Stage): boolean =>
  northscope.openOrders().some(({ orderUnits, allocatedUnits }) => compare(allocatedUnits, orderUnits) < 0);

/** The shop sells more parkas than there are; they leave when more have come. */
function* preorder(stage: Stage): Story {
  const id = ordered(stage, 'PRK900NVY-M', '15');
  yield* takenOn(stage, id);
  stage.isync.setUnits('PRK900NVY-M', '20');
  yield* waited(id, A_WHILE);
  shippedNow(stage, id);
}

/** Labels run short in the warehouse; when an order has lacked some for a while, a lorry brings more. */
function* shortage(stage: Stage): Story {
  count(stage, SCARCE.onHand);
  for (let turns = 0; turns < A_WHILE; turns = lacksGoods(stage) ? turns + 1 : 0) yield '';
  count(stage, undefined);
}

const stories: Readonly<Record<StoryName, readonly ((stage: Stage) => Story)[]>> = {
  'partial-cancel': [partialCancel],
  refund: [refund],
  'back-order': [preorder, shortage],
};

/** The stories that are being played, a turn each at every step. */
export class Stories {
  /** With the web order that each is about. */
  private readonly playing = new Map<Story, string>();

  constructor(private readonly stage: Stage) {}

  /** Ends those that are being played and plays the first turn of these. */
  begin(names: readonly StoryName[]): void {
    this.playing.clear();
    for (const name of new Set(names)) {
      for (const story of stories[name]) this.playing.set(story(this.stage), '');
    }
    this.step();
  }

  /** @returns how many had a turn */
  step(): number {
    const turns = this.playing.size;
    for (const story of this.playing.keys()) {
      const turn = this.next(story);
      if (turn.done === true) this.playing.delete(story);
      else this.playing.set(story, turn.value);
    }
    return turns;
  }

  /** Whether a web order is shipped by its story, not by whoever works at the shop. */
  owns(id: string): boolean {
    return [...this.playing.values()].includes(id);
  }

  /** What the shop does not let people do, as a client that was faster has left it, is where their story ends. */
  private next(story: Story): IteratorResult<string, void> {
    try {
      return story.next();
    } catch (error) {
      if (error instanceof WorldRefused) return { done: true, value: undefined };
      throw error;
    }
  }
}
