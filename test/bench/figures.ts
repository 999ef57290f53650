import { countTitles } from './counts';
import { reasonsForMemory, reasonsForSpeed, reasonsForSize } from './reasons';
import { middle, type Round, type Spread, spread, type WeighedRound } from './rounds';

/** A figure that was promised, and what it turned out to be. */
export interface Figure extends Spread {
  readonly name: string;
  readonly target: { readonly least: number } | { readonly most: number };
  readonly isMet: boolean;
  /** In words; empty where the figure is met. */
  readonly reasons: readonly string[];
}

const TARGETS = { speed: 0.7, events: 105, workflowTasks: 15, activities: 10, upserts: 4, memory: 1.25 } as const;

/** What is promised of the history of an order with its invoice. */
const COUNTED = ['events', 'workflowTasks', 'activities', 'upserts'] as const;

/** What is promised of the cost of an order, judged by the medians; of what was measured. */
export function figuresOf(rounds: readonly Round[], weighed: readonly WeighedRound[]): Figure[] {
  const orders = rounds.flatMap(({ ours }) => ours.histories.orders);
  const size = (name: (typeof COUNTED)[number]): Figure =>
    figure(
      `${countTitles[name]} of a straight-through order with its invoice`,
      spread(orders.map((counts) => counts[name])),
      {
        target: { most: TARGETS[name] },
        reasons: () => reasonsForSize(middle(orders), TARGETS),
      },
    );
  const speed = (): Figure[] => [
    figure(
      'orders per second, ours ÷ floor',
      spread(rounds.map(({ ours, floor }) => ours.ordersPerSecond / floor.ordersPerSecond)),
      { target: { least: TARGETS.speed }, reasons: () => reasonsForSpeed(rounds) },
    ),
    ...COUNTED.map(size),
  ];
  const memory = (): Figure =>
    figure(
      'worker memory per 1,000 waiting orders, ours ÷ floor',
      spread(weighed.map(({ ours, floor }) => ours.heldMebibytesPer1000 / floor.heldMebibytesPer1000)),
      { target: { most: TARGETS.memory }, reasons: () => reasonsForMemory(weighed) },
    );
  return [...(rounds.length === 0 ? [] : speed()), ...(weighed.length === 0 ? [] : [memory()])];
}

function figure(
  name: string,
  values: Spread,
  { target, reasons }: { readonly target: Figure['target']; readonly reasons: () => readonly string[] },
): Figure {
  const isMet = 'least' in target ? values.median >= target.least : values.median <= target.most;
  return { name, ...values, target, isMet, reasons: isMet ? [] : reasons() };
}
