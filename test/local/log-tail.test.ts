import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastLines as printableLastLines } from '../../src/local/log-tail';

let directory: string;
let log: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-log-'));
  log = join(directory, 'a.log');
});
afterEach(() => rmSync(directory, { recursive: true }));

const lastLines = (...of: Parameters<typeof printableLastLines>): string => printableLastLines(...of).toString();
const at = (time: string): Date => new Date(`2026-01-05T${time}Z`);
const write = (...lines: readonly string[]): void => writeFileSync(log, `${lines.join('\n')}\n`);
const entry = (time: string, level: string | number, members: object): string =>
  JSON.stringify({ time: at(time).toISOString(), level, ...members });

describe('lastLines', () => {
  it('says only where the log is when there is none', () => {
    expect(lastLines(log)).toBe(`  (log: ${log})`);
  });

  it('shows warnings and errors as a person reads them, and what tells of ordinary work not at all', () => {
    write(
      entry('09:00:00', 'warn', { msg: 'slow query' }),
      entry('09:00:01', 'error', { msg: 'cannot write', error: 'disk full', shard: 1 }),
      entry('09:00:02', 30, { msg: 'worker ready' }),
      entry('09:00:03', 50, { msg: 'worker failed', err: { message: 'no route', stack: '…' } }),
      'panic: no space left',
    );
    expect(lastLines(log)).toBe(
      [
        '  2026-01-05T09:00:00.000Z slow query',
        '  2026-01-05T09:00:01.000Z cannot write disk full',
        '  2026-01-05T09:00:03.000Z worker failed no route',
        '  panic: no space left',
        `  (log: ${log})`,
      ].join('\n'),
    );
  });

  it('leaves out what is older than what happened, with the lines that follow it without a time of their own', () => {
    write(
      entry('09:00:00', 'warn', { msg: 'old' }),
      '  of the old one',
      entry('09:08:00', 'error', { msg: 'new' }),
      '  of the new one',
    );
    expect(lastLines(log, at('09:07:55'))).toBe(`  2026-01-05T09:08:00.000Z new\n    of the new one\n  (log: ${log})`);
    expect(lastLines(log, at('09:09:00'))).toBe(`  (log: ${log})`);
  });

  it('takes lines that bear no time for as old as the file', () => {
    write('Server: localhost:7233', '{ no JSON');
    expect(lastLines(log, new Date(0))).toBe(`  Server: localhost:7233\n  { no JSON\n  (log: ${log})`);
    utimesSync(log, at('09:00:00'), at('09:00:00'));
    expect(lastLines(log, at('09:00:01'))).toBe(`  (log: ${log})`);
  });

  it('shows the last ten, each cut to what a terminal can show', () => {
    write(...Array.from({ length: 12 }, (_, index) => `${index} ${'x'.repeat(1_000)}`));
    const lines = lastLines(log).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe(`  2 ${'x'.repeat(398)}`);
  });
});
