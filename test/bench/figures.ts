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

const TARGETS = { speed: 0.7, events: 120, activities: 12, memory: 1.25 } as const;

/** What issue and design promise of the cost of an order, judged by the medians; of what was measured. */
export function figuresOf(rounds: readonly Round[], weighed: readonly WeighedRound[]): Figure[] {
  const orders = rounds.flatMap(({ ours }) => ours.histories.orders);
  const size = (name: 'events' | 'activities'): Figure =>
    figure(`${countNamed[name]} of a straight-through order`, spread(orders.map((counts) => counts[name])), {
      target: { most: TARGETS[name] },
      reasons: () => reasonsForSize(middle(orders), TARGETS),
    });
  const speed = (): Figure[] => [
    figure(
      'orders per second, ours ÷ floor',
      spread(rounds.map(({ ours, floor }) => ours.ordersPerSecond / floor.ordersPerSecond)),
      { target: { least: TARGETS.speed }, reasons: () => reasonsForSpeed(rounds) },
    ),
    size('events'),
    size('activities'),
  ];
  const memory = (): Figure =>
    figure(
      'worker memory per 1,000 waiting orders, ours ÷ floor',
      spread(weighed.map(({ ours, floor }) => ours.heldMebibytesPer1000 / floor.heldMebibytesPer1000)),
      { target: { most: TARGETS.memory }, reasons: () => reasonsForMemory(weighed) },
    );
  return [...(rounds.length === 0 ? [] : speed()), ...(weighed.length === 0 ? [] : [memory()])];
}

const countNamed = { events: 'history events', activities: 'ordinary activities' } as const;

function figure(
  name: string,
  values: Spread,
  { target, reasons }: { readonly target: Figure['target']; readonly reasons: () => readonly string[] },
): Figure {
  const isMet = 'least' in target ? values.median >= target.least : values.median <= target.most;
  return { name, ...values, target, isMet, reasons: isMet ? [] : reasons() };
}
