import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartSpec } from '../../src/local/guardian';
import { startParts } from '../../src/local/parts';
import { allGone, isRunning } from './processes';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-parts-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const node = (name: string, program: string, readyMark?: string): PartSpec => ({
  name,
  command: process.execPath,
  args: ['-e', program],
  env: { ...process.env },
  cwd: directory,
  log: join(directory, `${name}.log`),
  ...(readyMark === undefined ? {} : { readyMark }),
});

const forever = 'setInterval(() => {}, 1000);';
describe('startParts', () => {
  it('reports the line that says a part is ready, and logs all it prints', async () => {
    const parts = startParts();
    const part = await parts.start(node('a', `console.log('one'); console.log('is up 7'); ${forever}`, 'is up'));
    expect(await part.ready).toBe('is up 7');
    await parts.stop();
    expect(readFileSync(join(directory, 'a.log'), 'utf8')).toMatch(/^\{.*"msg":"a starts"\}\none\nis up 7\n$/);
    expect(isRunning(part.pid)).toBe(false);
    expect(isRunning(parts.guardianPid)).toBe(false);
  });

  it('says how a part ended that ended by itself', async () => {
    const parts = startParts();
    const part = await parts.start(node('b', 'process.exit(3)', 'never'));
    await expect(part.ready).rejects.toThrow('b ended with exit code 3');
    expect(await part.ended).toEqual({ reason: 'ended with exit code 3', code: 3 });
    await parts.stop();
  });

  it('refuses a program that is not there', async () => {
    const parts = startParts();
    await expect(parts.start({ ...node('c', ''), command: '/nowhere/program' })).rejects.toThrow(
      /c could not be started/,
    );
    await parts.stop();
  });

  it('says so once where a log cannot be written; its part goes on, and its last words are told', async () => {
    const said: string[] = [];
    const parts = startParts('ignore', (sentence) => said.push(String(sentence)));
    const log = join(directory, 'no/such/folder.log');
    const program = `process.stdin; console.log('is up'); setTimeout(() => { console.error('no room'); process.exit(1); }, 50);`;
    const part = await parts.start({ ...node('h', program, 'is up'), log });
    expect(await part.ready).toBe('is up');
    expect(await part.ended).toEqual({
      reason: 'ended with exit code 1 (last lines, which are not in the log: no room)',
      code: 1,
    });
    expect(said).toEqual([
      `The log ${log} cannot be written (ENOENT): its lines are lost until then. Nothing else stops.`,
    ]);
    await parts.stop();
  });

  it('refuses to start anything when the watching process is gone', async () => {
    const parts = startParts();
    await parts.stop();
    await expect(parts.start(node('i', forever))).rejects.toThrow('i lost the process that supervises it');
  });

  it('ends a part that ignores SIGTERM, and what it started itself', async () => {
    const parts = startParts();
    const part = await parts.start(
      node(
        'd',
        `process.on('SIGTERM', () => {});
         const child = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); ${forever}"]);
         console.log('child ' + child.pid); ${forever}`,
        'child',
      ),
    );
    const grandchild = Number((await part.ready).split(' ')[1]);
    await part.stop();
    expect(await part.ended).toEqual({ reason: 'was ended by SIGKILL', code: null });
    await allGone([grandchild], 8_000);
    await parts.stop();
  }, 15_000);

  it('leaves nothing running when its own process is killed with SIGKILL', async () => {
    const program = `require('tsx/cjs');
      const { startParts } = require(${JSON.stringify(join(__dirname, '../../src/local/parts.ts'))});
      const spec = ${JSON.stringify(node('e', forever))};
      const parts = startParts();
      parts.start(spec).then((part) => console.log(part.pid, parts.guardianPid));`;
    const cli = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = await once(cli.stdout, 'data');
    const [part = 0, guardian = 0] = String(output).trim().split(' ').map(Number);
    expect([isRunning(part), isRunning(guardian)]).toEqual([true, true]);
    cli.kill('SIGKILL');
    await allGone([part, guardian], 8_000);
  }, 15_000);

  it('leaves nothing running when the watching process is killed', async () => {
    const parts = startParts();
    const part = await parts.start(node('f', forever));
    process.kill(parts.guardianPid, 'SIGKILL');
    expect((await part.ended).reason).toBe('lost the process that supervises it');
    await allGone([part.pid], 8_000);
    await parts.stop();
  });
});
