import { cpus, totalmem } from 'node:os';
import { type Counts, countNames, countTitles } from './counts';
import type { Figure } from './figures';
import type { Options } from './options';
import { idleness, processNames, processorMedian } from './reasons';
import { mean, middle, type Round, spread, type Spread, unlikeness, type WeighedRound } from './rounds';

export interface Result {
  readonly measuredAt: string;
  readonly machine: string;
  readonly options: Pick<Options, 'orders' | 'waiting' | 'runs'>;
  readonly figures: readonly Figure[];
  readonly orders: { readonly ours: Counts; readonly floor: Counts };
  /** The largest difference between the counts of ours and the floor's, as a share. */
  readonly unlikeness: number;
  readonly ordersPerSecond: { readonly ours: Spread; readonly floor: Spread };
  /** Milliseconds per order, by process. */
  readonly processor: Readonly<Record<string, { readonly ours: number; readonly floor: number }>>;
  /** How much of the machine was used; empty where speed was not measured. */
  readonly use: string;
  readonly heldMebibytesPer1000: { readonly ours: Spread; readonly floor: Spread };
  readonly residentMebibytesPer1000: { readonly ours: Spread; readonly floor: Spread };
  readonly heapMebibytesPer1000: { readonly ours: Spread; readonly floor: Spread };
}

const both = <T>(of: (side: 'ours' | 'floor') => T): { readonly ours: T; readonly floor: T } => ({
  ours: of('ours'),
  floor: of('floor'),
});

export function resultOf(
  { orders, waiting, runs }: Options,
  rounds: readonly Round[],
  weighed: readonly WeighedRound[],
  figures: readonly Figure[],
): Result {
  const counts = (side: 'ours' | 'floor'): readonly Counts[] => rounds.flatMap((round) => round[side].histories.orders);
  return {
    measuredAt: new Date().toISOString(),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform}, Node ${process.versions.node}`,
    options: { orders, waiting, runs },
    figures,
    orders: both((side) => middle(counts(side))),
    unlikeness: unlikeness(mean(counts('ours')), mean(counts('floor'))),
    ordersPerSecond: both((side) => spread(rounds.map((round) => round[side].ordersPerSecond))),
    processor: Object.fromEntries(
      processNames(rounds).map((name) => [name, both((side) => processorMedian(rounds, side, name))]),
    ),
    use: rounds.length === 0 ? '' : idleness(rounds),
    heldMebibytesPer1000: both((side) => spread(weighed.map((round) => round[side].heldMebibytesPer1000))),
    residentMebibytesPer1000: both((side) => spread(weighed.map((round) => round[side].residentMebibytesPer1000))),
    heapMebibytesPer1000: both((side) => spread(weighed.map((round) => round[side].heapMebibytesPer1000))),
  };
}

/** Order and invoice together, measured on 2026-11-20 with 500 orders in flight. */
const BEFORE: Counts = {
  events: 129,
  workflowTasks: 20,
  activities: 11,
  localActivities: 7,
  timers: 3,
  upserts: 8,
  signalsReceived: 5,
  lateTasks: 0,
  failures: 0,
};

const number = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(2)));
const target = (wanted: Figure['target']): string => ('least' in wanted ? `≥ ${wanted.least}` : `≤ ${wanted.most}`);
const within = ({ median, min, max }: Spread): string => `${number(median)} (${number(min)}–${number(max)})`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** The figures with their targets, one line each, and the reasons under those that are missed; for a terminal. */
export function summary({ figures, use }: Result): string {
  const lines = figures.flatMap((figure) => [
    `${figure.isMet ? 'met   ' : 'MISSED'}  ${figure.name}: ${within(figure)}, target ${target(figure.target)}`,
    ...figure.reasons.map((reason) => `          ${reason}`),
  ]);
  return [...lines, ...(use === '' ? [] : [use])].join('\n');
}

/** The whole result as Markdown. */
export function report(result: Result): string {
  const { options, figures } = result;
  const missed = figures.filter(({ isMet }) => !isMet);
  return [
    '# What an order costs',
    `Written by \`npm run bench\` on ${result.measuredAt.slice(0, 10)}, not by hand. ${options.orders} straight-through purchase orders in flight, ${options.runs} ${options.runs === 1 ? 'run' : 'runs'} of each side, floor and ours alternating on one Temporal dev server (in memory). ${result.machine}; server, worker, sandbox and this program share it. Figures are medians, with the least and the greatest in brackets; only the ratios mean anything on another machine.`,
    '## What was promised',
    table(
      ['figure', 'measured', 'target', ''],
      figures.map((figure) => [
        figure.name,
        within(figure),
        target(figure.target),
        figure.isMet ? 'met' : '**missed**',
      ]),
    ),
    ...missed.map((figure) => [`Missed: ${figure.name}.`, ...figure.reasons.map((reason) => `- ${reason}`)].join('\n')),
    '## Speed',
    table(
      ['', 'ours', 'floor'],
      [
        ['orders per second', within(result.ordersPerSecond.ours), within(result.ordersPerSecond.floor)],
        ...Object.entries(result.processor).map(([name, { ours, floor }]) => [
          `ms of processor per order: ${name}`,
          number(ours),
          number(floor),
        ]),
      ],
    ),
    result.use,
    '## One order, counted in its histories',
    'An order with its invoice is one `fulfilPurchaseOrder`. Medians of all orders of all runs, under full load: with less load there are fewer looks at the warehouse, never more. *Before* is the same on 2026-11-20, when the invoice was a workflow of its own.',
    table(
      ['', 'ours', 'floor', 'before'],
      countNames.map((name) => [
        countTitles[name],
        ...[result.orders.ours, result.orders.floor, BEFORE].map((counts) => number(counts[name])),
      ]),
    ),
    `The means of ours and of the floor differ by ${(result.unlikeness * 100).toFixed(1)} % at most.`,
    '## Memory of orders that wait',
    table(
      ['MiB of a worker per 1,000 waiting orders', 'ours', 'floor'],
      [
        [
          'process, without empty room on JavaScript heaps',
          within(result.heldMebibytesPer1000.ours),
          within(result.heldMebibytesPer1000.floor),
        ],
        [
          'of it in use on JavaScript heaps',
          within(result.heapMebibytesPer1000.ours),
          within(result.heapMebibytesPer1000.floor),
        ],
        [
          'process (resident), with that room',
          within(result.residentMebibytesPer1000.ours),
          within(result.residentMebibytesPer1000.floor),
        ],
      ],
    ),
    HOW,
  ].join('\n\n');
}

const HOW = `## How it is measured

- **Ours** is the worker process as users run it, with the example policy, against the sandbox in a process of its own. Of the sandbox's seed only the orders that go straight through (every third) are offered; the others are withdrawn before the first poll. The scheduled poller finds the orders; the sandbox's people despatch, deliver and invoice a second after they can. Every order must end \`done\`.
- **The floor** is a bare workflow on the same server, its worker set up by the same code. Each bare order repeats one recorded order of ours, step by step from its history: as many ordinary activities on the same task queues, local activities, timers of the same length, search-attribute upserts of the same values and signals, in the same order. Its activities do nothing, its inputs are the steps and nothing else. A scheduled poll of its own starts and signals it where ours was. It repeats the run of ours before it.
- **Time** runs, by the server's clock, from the start of the poll that finds the orders to the end of the last order. A tenth as many orders run before, unmeasured, in the same processes. The first run of ours only records; it is not counted. In every pair the floor goes first: what a server loses by having run longer is at our cost.
- **Processor time** is that of the whole process, divided by the orders.
- **Memory**: the orders are parked in eight lots, waiting for their approval (a policy whose limit is 0.00). After each lot, with all lots still waiting, all threads of the worker collect their garbage until nothing more comes of it, and the process is weighed; by how much its weight rises from lot to lot, from the second on, is the figure (the median over all pairs of lots). Its weight is what the operating system counts, without the room that stands empty on the JavaScript heaps: that grows by many megabytes at once, whenever a thread has been busy, in some runs of either side and not in others. The bare orders wait at the same step, with the same timer, and hold nothing but their steps; of the stack of each promise waited on, which the SDK keeps, both keep six frames instead of ten.
- A figure that is missed is explained from these counts, not judged: the command's exit code is 0 whenever it could measure.
`;
