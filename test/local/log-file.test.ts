import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFile } from '../../src/local/log-file';

let directory: string;
let path: string;
const told: string[] = [];
beforeEach(() => {
  told.length = 0;
  directory = mkdtempSync(join(tmpdir(), 'waybill-log-file-'));
  path = join(directory, 'a.log');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (bytes = 1_000) => new LogFile(path, (code) => told.push(code), { bytes, files: 3 });
const lines = (name = 'a.log') => readFileSync(join(directory, name), 'utf8').trimEnd().split('\n');

it('goes on behind what earlier runs have written', () => {
  for (const line of ['one', 'two']) {
    const log = open();
    log.write(line);
    log.close();
  }
  expect(lines()).toEqual(['one', 'two']);
});

it('keeps the last so many files of so many bytes, and loses no line between them', () => {
  const log = open(100);
  for (let number = 0; number < 40; number += 1) log.write(String(number).padStart(9, '0'));
  expect(readdirSync(directory).toSorted()).toEqual(['a.log', 'a.log.1', 'a.log.2']);
  const kept = [...lines('a.log.2'), ...lines('a.log.1'), ...lines()].map(Number);
  expect(kept).toEqual(Array.from({ length: 30 }, (_, index) => index + 10));
});

it('takes a line that is longer than a file may be', () => {
  const log = open(100);
  log.write('x'.repeat(1_000));
  log.write('y');
  expect([lines('a.log.1')[0]?.length, lines()]).toEqual([1_000, ['y']]);
});

it('counts what it cannot write, says so once, and says in the log how much is missing', () => {
  rmSync(directory, { recursive: true });
  const log = open();
  for (const line of ['one', 'two', 'three']) log.write(line);
  expect([told, log.unwritten]).toEqual([['ENOENT'], 'three']);
  mkdirSync(directory);
  log.write('four');
  expect(log.unwritten).toBe('');
  expect(lines().map((line) => (line.startsWith('{') ? JSON.parse(line) : line))).toEqual([
    '',
    { time: expect.any(String), level: 'info', msg: '3 lines are missing here: the log could not be written' },
    'four',
  ]);
});
