import { cpus } from 'node:os';
import type { Counts } from './counts';
import { mean, type Round, spread, type WeighedRound } from './rounds';

const whole = (value: number): string => value.toFixed(0);

/** Median milliseconds of processor per order of a process, over the runs of one side. */
export const processorMedian = (rounds: readonly Round[], side: keyof Round, name: string): number =>
  spread(rounds.map((round) => round[side].processorMsPerOrder[name] ?? 0)).median;

export const processNames = (rounds: readonly Round[]): string[] =>
  Object.keys(rounds[0]?.ours.processorMsPerOrder ?? {});

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const WHAT_IT_DOES: Readonly<Record<string, string>> = {
  worker: 'the calls themselves (SOAP, XML, JSON, checks) and what the workflows reckon and show',
  sandbox: 'playing the vendors, which in production is no load of ours',
  'Temporal server': 'storing larger inputs and results',
  'this program': 'watching',
};

/** Why ours are fewer a second: where their processor time goes, and how much of the machine was not used at all. */
export function reasonsForSpeed(rounds: readonly Round[]): string[] {
  const names = processNames(rounds);
  const more = names
    .map((name) => {
      const [here, there] = [processorMedian(rounds, 'ours', name), processorMedian(rounds, 'floor', name)];
      return { name, here, difference: here - there };
    })
    .toSorted((left, right) => right.difference - left.difference);
  const [ours, floor] = (['ours', 'floor'] as const).map((side) =>
    sum(names.map((name) => processorMedian(rounds, side, name))),
  );
  const late = mean(rounds.flatMap((round) => round.ours.histories.orders)).lateTasks;
  return [
    `An order costs ${whole(ours ?? 0)} ms of processor over all processes, the floor's ${whole(floor ?? 0)} ms.`,
    ...more
      .filter(({ difference }) => difference >= 1)
      .map(
        ({ name, difference, here }) =>
          `${name}: ${whole(difference)} ms more (${whole(here)} ms in all), for ${WHAT_IT_DOES[name] ?? 'its part'}.`,
      ),
    idleness(rounds),
    ...(late >= 0.5 ? [`${late.toFixed(1)} workflow tasks an order were not taken in time and given out anew.`] : []),
  ];
}

/** How much of the machine was used: where much was idle, orders waited for a clock and not for the processor. */
export function idleness(rounds: readonly Round[]): string {
  const used = spread(
    rounds.map(({ ours }) => (sum(Object.values(ours.processorMsPerOrder)) * ours.ordersPerSecond) / 10),
  );
  const share = used.median / cpus().length;
  const because = share < 80 ? ': the rest is waiting (polls, looks at the warehouse, other programs)' : '';
  return `Ours used ${whole(share)} % of the machine's processors${because}.`;
}

/** What an order's history is made of, the largest part first. */
export function reasonsForSize(order: Counts, { events }: { readonly events: number }): string[] {
  const parts = [
    { what: `${order.workflowTasks} workflow tasks`, events: order.workflowTasks * 3 },
    { what: `${order.activities} ordinary activities`, events: order.activities * 3 },
    { what: `${order.timers} timers`, events: order.timers * 2 },
    { what: `${order.localActivities} local activities`, events: order.localActivities },
    { what: `${order.upserts} search-attribute upserts`, events: order.upserts },
    { what: `${order.signalsReceived} signals received`, events: order.signalsReceived },
  ].toSorted((left, right) => right.events - left.events);
  return [
    `The median order has ${whole(order.events)} events (at most ${events} promised), by their number: ${parts
      .map((part) => `${part.what} (${whole(part.events)})`)
      .join(', ')}.`,
  ];
}

/** Where the memory of a waiting order lies. */
export function reasonsForMemory(weighed: readonly WeighedRound[]): string[] {
  const median = (side: keyof WeighedRound, what: 'heldMebibytesPer1000' | 'heapMebibytesPer1000'): number =>
    spread(weighed.map((round) => round[side][what])).median;
  const [heap, bareHeap] = [median('ours', 'heapMebibytesPer1000'), median('floor', 'heapMebibytesPer1000')];
  const [all, bare] = [median('ours', 'heldMebibytesPer1000'), median('floor', 'heldMebibytesPer1000')];
  return [
    `1,000 waiting orders take ${whole(all)} MiB, the floor's ${whole(bare)} MiB; on the JavaScript heaps ${whole(heap)} and ${whole(bareHeap)} MiB.`,
    `Ours keep ${whole(heap - bareHeap)} MiB more on the heaps. By heap snapshots of the workflow thread an order has about 20 kB more than a bare one: 9 kB are stacks, which the SDK keeps of every promise waited on (story, approval and question are functions of their own, and a scope shields them from being torn apart); 7 kB the order, its plan, documents, open question, policy and the page the Web UI shows; 4 kB those promises, the scope and the handlers.`,
    `The other ${whole(all - bare - (heap - bareHeap))} MiB are what the process keeps beside the heaps: recorded payloads, and what reading the vendors' lists has left behind.`,
  ];
}
