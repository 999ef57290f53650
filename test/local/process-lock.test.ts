import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { identify, LockHeld, readLock, takeLock } from '../../src/local/process-lock';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-lock-'));
  path = join(directory, 'up.lock');
});
afterEach(() => rmSync(directory, { recursive: true }));

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('takeLock', () => {
  it('holds until it is released, and leaves nothing behind', () => {
    const lock = takeLock(path);
    expect(readLock(path)).toEqual(identify(process.pid));
    expect(() => takeLock(path)).toThrow(LockHeld);
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('refuses a second process while the first lives, and tells who it is', async () => {
    const lock = takeLock(path);
    lock.tell({ about: { ui: 'http://127.0.0.1:8233' } });
    const program = `require('tsx/cjs');
      const { takeLock } = require('./src/local/process-lock.ts');
      try { takeLock(process.argv[1]); console.log('taken'); } catch (e) { console.log(e.name, e.owner.pid, e.owner.about.ui); }`;
    const child = spawn(process.execPath, ['-e', program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = await once(child.stdout, 'data');
    expect(String(output).trim()).toBe(`LockHeld ${process.pid} http://127.0.0.1:8233`);
    lock.release();
  });

  it('takes over from a process that is dead', async () => {
    writeFileSync(path, JSON.stringify({ pid: await deadProcess(), started: '1' }));
    const lock = takeLock(path);
    expect(readLock(path)?.pid).toBe(process.pid);
    expect(readdirSync(directory)).toEqual(['up.lock']);
    lock.release();
  });

  it('is not deceived by another process that got the same pid', () => {
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: 'long ago' }));
    takeLock(path).release();
    expect(existsSync(path)).toBe(false);
  });

  it.each(['', '{', '{"pid":"7"}', 'null'])('takes over from a file that is no lock: %j', (content) => {
    writeFileSync(path, content);
    takeLock(path).release();
    expect(existsSync(path)).toBe(false);
  });

  it('removes what was left beside it more than a day ago, and nothing else', () => {
    const days = (count: number): Date => new Date(Date.now() - count * 24 * 60 * 60 * 1_000);
    const names = ['up.lock.123', 'up.lock.stale.123', 'up.lock.notes', 'up.lock.9.txt', 'temporal.db.123'];
    for (const name of [...names, 'up.lock.456']) writeFileSync(join(directory, name), '{}');
    for (const name of names) utimesSync(join(directory, name), days(2), days(2));
    symlinkSync(join(directory, 'temporal.db.123'), join(directory, 'up.lock.789'));
    takeLock(path).release();
    expect(readdirSync(directory)).toEqual([
      ...['temporal.db.123', 'up.lock.456', 'up.lock.789', 'up.lock.9.txt', 'up.lock.notes'],
    ]);
  });

  it('does not release what is no longer its own', () => {
    const lock = takeLock(path);
    writeFileSync(path, JSON.stringify({ pid: process.ppid, started: null }));
    lock.release();
    expect(readFileSync(path, 'utf8')).toContain(String(process.ppid));
  });
});
