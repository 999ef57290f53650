import { cpus, totalmem } from 'node:os';
import type { FeedMeasurement, Observed } from './measure';

const DAY = 24 * 60 * 60;
const HOUR = 60 * 60;
const MEGABYTE = 1_000_000;

export interface FeedFigure {
  readonly name: string;
  readonly value: number;
  readonly most: number;
}

const scaled = (value: number, { seconds }: Observed, to: number): number => (value / seconds) * to;

/** What was promised of a feed, and what was measured. */
export const feedFigures = ({ idle, waiting }: FeedMeasurement): readonly FeedFigure[] => [
  { name: 'idle: closed runs a day', value: runsADay(idle), most: 300 },
  { name: 'idle: MB of database a day', value: scaled(idle.databaseBytes, idle, DAY) / MEGABYTE, most: 25 },
  { name: 'waiting: workflows started a look', value: waiting.started / Math.max(1, waiting.looks), most: 1 },
  { name: 'waiting: MB of database an hour', value: scaled(waiting.databaseBytes, waiting, HOUR) / MEGABYTE, most: 12 },
];

/** Events of a history, after which the feed continues as new. */
const EVENTS_A_RUN = 1_000;

/** None may close in the time that was measured: then by the events. */
const runsADay = (observed: Observed): number =>
  scaled(Math.max(observed.closedRuns, observed.events / EVENTS_A_RUN), observed, DAY);

const cells = (row: readonly (string | number)[]): string => `| ${row.join(' | ')} |`;

/** docs/feed.md */
export function feedReport(measurement: FeedMeasurement, measuredAt: Date): string {
  const { idle, waiting, every } = measurement;
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform}, Node ${process.versions.node}`;
  const row = (name: string, of: (observed: Observed) => string | number): string =>
    cells([name, of(idle), of(waiting)]);
  return `# What a feed costs while nothing is new

Written by \`npm run bench -- --only feed\` on ${measuredAt.toISOString().slice(0, 10)}, not by hand. ${machine}. The worker process as users run it, looking every ${every} at a
sandbox in a process of its own, on a Temporal development server with a SQLite file; first nothing is listed, then ${waiting.orders} orders that
wait for their approval, unchanged. Each is looked at for ${idle.seconds.toFixed(0)} s and scaled. Why it is so: [ADR 20](adr/0020-feeds-instead-of-schedules.md).

${cells(['promised', 'at most', 'measured', 'met'])}
${cells(['---', '---:', '---:', '---'])}
${feedFigures(measurement)
  .map(({ name, value, most }) => cells([name, most, value.toFixed(1), value <= most ? 'yes' : '**no**']))
  .join('\n')}

${cells(['measured', 'nothing listed', `${waiting.orders} orders that wait`])}
${cells(['---', '---:', '---:'])}
${row('looks', ({ looks }) => looks)}
${row('workflows started', ({ started }) => started)}
${row("events of the feed's history", ({ events }) => events)}
${row('bytes by which the database grew', ({ databaseBytes }) => databaseBytes.toLocaleString('en-GB'))}
${row('milliseconds of processor a look: Temporal server', ({ serverMs, looks }) => (serverMs / Math.max(1, looks)).toFixed(0))}
${row('milliseconds of processor a look: worker', ({ workerMs, looks }) => (workerMs / Math.max(1, looks)).toFixed(0))}

- The database is counted by the pages in use, whatever writes to them: the server's own book-keeping included.
- Closed runs are counted, or, where none closed in the time, follow from the events: a feed continues as new after ${EVENTS_A_RUN.toLocaleString('en-GB')}.
- Processor is that of the whole process, so it includes what server and worker do anyway.
`;
}
