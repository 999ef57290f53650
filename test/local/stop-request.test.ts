import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/local/ports';
import { onStopRequest } from '../../src/local/stop-request';
import { allGone, descendants } from './processes';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

const parent = process.ppid;
const bin = join(__dirname, '../../bin/waybill.js');

describe('a stop request', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    Object.defineProperty(process, 'ppid', { value: parent, configurable: true });
  });
  const loseParent = (): void => {
    Object.defineProperty(process, 'ppid', { value: 1, configurable: true });
    jest.advanceTimersByTime(5_000);
  };

  it('is made where npm, which started it, is gone', async () => {
    const stop = onStopRequest({ npm_lifecycle_event: 'start' });
    jest.advanceTimersByTime(5_000);
    expect(stop.requested()).toBe(false);
    loseParent();
    expect(stop.requested()).toBe(true);
    await stop.made;
    stop.forget();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not made where a shell that started it in the background is closed', () => {
    const stop = onStopRequest({});
    loseParent();
    expect(stop.requested()).toBe(false);
    stop.forget();
  });
});

describe('SIGTERM to npm, which reaches its shell only', () => {
  it('ends what the shell has started', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'waybill-npm-'));
    const script = `"${process.execPath}" "${bin}" sandbox --port ${await freePort(0)}; true`;
    const shell = spawn('sh', ['-c', script], { cwd, env: { ...process.env, npm_lifecycle_event: 'start' } });
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      shell.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
        if (printed.includes('Ctrl-C ends it.')) resolve();
      });
      shell.once('close', () => reject(new Error(`ended before it was up: ${printed}`)));
    });
    const processes = descendants(shell.pid ?? 0);
    expect(processes.length).toBeGreaterThan(2);
    shell.kill('SIGTERM');
    await allGone(processes, 30_000);
    rmSync(cwd, { recursive: true });
  });
});
