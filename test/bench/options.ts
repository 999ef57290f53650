import { parseArgs } from 'node:util';

export interface Options {
  /** Purchase orders in flight at once. */
  readonly orders: number;
  /** Orders parked for the memory figure, in lots. */
  readonly waiting: number;
  /** Runs of each side. */
  readonly runs: number;
  /** How often both sides poll, as the policy file writes it; null: as the example policy does. */
  readonly pollEvery: string | null;
  /** Only this half is measured, or how large answers are read, or what a feed costs; null: both halves. */
  readonly only: 'speed' | 'memory' | 'reading' | 'feed' | null;
  /** How long a feed is looked at, with nothing listed and again with orders that wait. */
  readonly seconds: number;
  /** Where the memory half is kept, for a later `weighed`; null where it is not. */
  readonly keep: string | null;
  /** The memory half of an earlier run, taken instead of measuring it again; null where it is measured. */
  readonly weighed: string | null;
  readonly json: boolean;
  /** The report's file; null where none is written. */
  readonly out: string | null;
}

export const USAGE = `npm run bench -- [--orders 500] [--waiting 1000] [--runs 5] [--only speed|memory|reading|feed] [--seconds 600] [--keep FILE] [--weighed FILE] [--json] [--out docs/performance.md] [--quick]

  --orders   purchase orders in flight at once
  --waiting  orders parked for the memory figure
  --runs     runs of each side, floor and ours alternating
  --only     measures only this half; then no report is written. reading: what large answers cost, into docs/reading.md;
             feed: what a feed costs that finds nothing new, and with orders that wait (2,000), into docs/feed.md
  --seconds  with --only feed: how long each half is looked at
  --keep     with --only memory: keeps what was weighed in this file
  --weighed  takes the memory half from that file: two half hours instead of one whole
  --json     the result as JSON on standard output instead of the table
  --out      where the report is written
  --quick    50 orders, 50 waiting, 1 run, a poll every second, no report: shows that it works, measures nothing
`;

export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** @throws WrongUse with what to do instead */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parsed(args);
  if (values.help === true) return 'help';
  const isQuick = values.quick === true;
  const only = half(values.only);
  return {
    orders: count('orders', values.orders, isQuick ? 50 : 500),
    waiting: count('waiting', values.waiting, isQuick ? 50 : only === 'feed' ? 2000 : 1000),
    seconds: count('seconds', values.seconds, isQuick ? 10 : 600),
    runs: count('runs', values.runs, isQuick ? 1 : 5),
    pollEvery: isQuick ? '1 second' : null,
    only,
    keep: only === 'memory' ? (values.keep ?? null) : null,
    weighed: only === null ? (values.weighed ?? null) : null,
    json: values.json === true,
    out: reportOf(only, values.out, isQuick),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        orders: { type: 'string' },
        waiting: { type: 'string' },
        seconds: { type: 'string' },
        runs: { type: 'string' },
        only: { type: 'string' },
        keep: { type: 'string' },
        weighed: { type: 'string' },
        json: { type: 'boolean' },
        out: { type: 'string' },
        quick: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new WrongUse(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, { cause: error });
  }
}

function half(text: string | undefined): Options['only'] {
  if (text === undefined || text === 'speed' || text === 'memory' || text === 'reading' || text === 'feed')
    return text ?? null;
  throw new WrongUse(`--only must be speed, memory, reading or feed\n\n${USAGE}`);
}

function reportOf(only: Options['only'], out: string | undefined, isQuick: boolean): string | null {
  if (only === 'speed' || only === 'memory') return null;
  if (isQuick) return out ?? null;
  return out ?? (only === null ? 'docs/performance.md' : `docs/${only}.md`);
}

const MOST = 20_000;

function count(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= MOST) return value;
  throw new WrongUse(`--${name} must be a whole number from 1 to ${MOST}\n\n${USAGE}`);
}
