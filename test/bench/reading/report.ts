import { cpus, totalmem } from 'node:os';
import type { Measured, Measurement } from './measure';

/** Milliseconds by which a loop may be held more than an idle one beside it, all but once in a thousand times. */
const MOST_HELD = 50;
/** MiB of a process that reads one large list. */
const MOST_MEBIBYTES = 1.2 * 1_024;

const above = ({ held, idle }: Measured): number => Math.max(0, held.rare - idle.rare);
const isMet = (measured: Measured): boolean => above(measured) <= MOST_HELD && measured.mostMebibytes <= MOST_MEBIBYTES;

const cells = (row: readonly (string | number)[]): string => `| ${row.join(' | ')} |`;
const row = (measured: Measured): string => {
  const { operation, bytes, records, seconds, processorSeconds, held, idle, restingMebibytes, mostMebibytes } =
    measured;
  return cells([
    operation,
    (bytes / 2 ** 20).toFixed(1),
    records.toLocaleString('en-GB'),
    seconds.toFixed(1),
    processorSeconds.toFixed(1),
    `${held.rare.toFixed(0)} (${held.longest.toFixed(0)})`,
    `${idle.rare.toFixed(0)} (${idle.longest.toFixed(0)})`,
    above(measured).toFixed(0),
    `${restingMebibytes.toFixed(0)} → ${mostMebibytes.toFixed(0)}`,
    isMet(measured) ? 'yes' : '**no**',
  ]);
};

/** docs/reading.md */
export function readingReport({ measured: all, unread }: Measurement, measuredAt: Date): string {
  const missed = all.filter((measured) => !isMet(measured));
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${process.platform}, Node ${process.versions.node}`;
  return `# What reading a large answer costs

Written by \`npm run bench -- --only reading\` on ${measuredAt.toISOString().slice(0, 10)}, not by hand. ${machine}. Each operation that may answer a list is called
in a process of its own, after one small answer, and answered with as much as it takes; the vendor is a second process,
and a third one does nothing and has its event loop looked at in the same time. How it is read:
[ADR 14](adr/0014-large-answers-in-a-thread-of-their-own.md).

Promised: the loop is held at most ${MOST_HELD} ms above what the idle process shows, in all but one of a thousand times; the process stays
below 1.2 GiB. ${missed.length === 0 ? 'All operations meet both.' : `Of ${all.length} operations ${missed.length} do not: ${missed.map(({ operation }) => operation).join(', ')}.`}
${unread.length === 0 ? '' : `Not read to its end, because the thread ran out of its memory or its time: ${unread.join(', ')}.\n`}
${cells(['operation', 'MiB', 'records', 's', 's of processor', 'held, ms: p99.9 (most)', 'idle beside it, ms: p99.9 (most)', 'above, ms', 'resident, MiB', 'met'])}
${cells(['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---:', '---'])}
${all.map(row).join('\n')}

- *Held* is how late the loop was for a timer of 2 ms (\`perf_hooks.monitorEventLoopDelay\`), from the call until the records of the trade
  are there: sending, the thread that reads, the messages from it, schema, mapping and garbage.
- *Resident* is what the process had before the call and at most (\`maxRSS\`), its threads, compiler and tests' records included.
- Seconds include starting the thread that reads (0.1 to 0.3 s).
`;
}
