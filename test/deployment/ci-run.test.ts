import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../.ci/run');

/** Exit codes of npm's subcommands, and what jest would have written. */
interface Scene {
  readonly ci?: number;
  readonly verify?: number;
  readonly test?: number;
  readonly matrix?: number;
  readonly results?: object;
  /** More shell for the test step. */
  readonly extra?: string;
  /** The exit code of a Node 24; without it there is none. */
  readonly newer?: number;
}

interface Ended {
  readonly code: number | null;
  readonly lines: readonly string[];
}

const results = {
  numPassedTests: 7,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('.ci/run', () => {
  let folder: string;
  const scratch = () => join(folder, 'scratch');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waybill-ci-test-'));
    for (const name of ['clone/.ci', 'bin', 'scratch']) mkdirSync(join(folder, name), { recursive: true });
    cpSync(SCRIPT, join(folder, 'clone/.ci/run'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the script with an npm of ours, which does as the scene says and writes down how it was called. */
  async function run({
    ci = 0,
    verify = 0,
    test = 0,
    matrix = 0,
    results: written,
    extra = '',
    newer,
  }: Scene): Promise<Ended> {
    const npm = join(folder, 'bin/npm');
    writeFileSync(join(folder, 'results.json'), JSON.stringify(written ?? {}));
    writeFileSync(
      npm,
      [
        '#!/bin/sh',
        `echo "$*" >> "${folder}/calls"`,
        `[ "$CI" = true ] || exit 99`,
        'if read -r line; then exit 98; fi',
        'case "$*" in',
        `  ci) exit ${ci} ;;`,
        `  'run verify') exit ${verify} ;;`,
        `  'run durability -- --matrix') exit ${matrix} ;;`,
        '  test*)',
        ...(written === undefined ? [] : [`    cp "${folder}/results.json" "\${4#--outputFile=}"`]),
        `    ${extra === '' ? ':' : extra}`,
        `    exit ${test} ;;`,
        'esac',
        'exit 97',
      ].join('\n'),
    );
    chmodSync(npm, 0o755);
    const node24 = join(folder, 'bin/newer');
    if (newer !== undefined) writeFileSync(node24, `#!/bin/sh\nexit ${newer}\n`, { mode: 0o755 });
    const child = spawn(join(folder, 'clone/.ci/run'), [], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        TMPDIR: scratch(),
        CI: '',
        WAYBILL_NODE_24: node24,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((ended) => child.once('close', ended));
    return { code, lines: output.trimEnd().split('\n') };
  }

  const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

  it('runs its steps in order and closes with the numbers', async () => {
    const { code, lines } = await run({ results });
    expect(calls()[0]).toBe('ci');
    expect(calls()[1]).toBe('run verify');
    expect(calls()[2]).toMatch(/^test -- --json --outputFile=/);
    expect(calls().slice(3)).toEqual(['run durability -- --matrix']);
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    expect(code).toBe(0);
  });

  it('names the skipped tests and why, only where there are any', async () => {
    const assertionResults = [
      { status: 'passed', fullName: 'iSync, by curl answers' },
      { status: 'pending', fullName: 'iSync, by zeep zeep 4 is not installed' },
    ];
    const testResults = [{ name: join(folder, 'clone/test/isync.test.ts'), assertionResults }];
    const { lines } = await run({ results: { ...results, numPendingTests: 2, numTodoTests: 1, testResults } });
    expect(lines.slice(-3)).toEqual([
      'skipped: test/isync.test.ts: iSync, by zeep zeep 4 is not installed',
      '3 skipped',
      '7 passed, 0 failed',
    ]);
    expect((await run({ results })).lines.join('\n')).not.toContain('skipped');
  });

  it('closes with what took how long', async () => {
    const { lines } = await run({ results });
    const from = lines.indexOf('== what took how long');
    expect(lines.slice(from + 1, -1).map((line) => line.replace(/^ +\d+ s {2}/, ''))).toEqual([
      'the locked packages',
      'format, lint, types, dead code, walls, patterns',
      'every test',
      'the fault matrix',
      'together',
    ]);
  });

  it.each([0, 1])('has a Node 24 that is found run its part (exit code %d)', async (newer) => {
    expect((await run({ results })).lines.join('\n')).toContain(' on Node 24: not run, ');
    const { code, lines } = await run({ results, newer });
    expect(lines.filter((line) => / units and vendors on Node 24$/.test(line))).toHaveLength(1);
    expect([code, lines.at(-1)]).toEqual([newer, `7 passed, ${newer} failed`]);
  });

  it('fails with the numbers where a test fails', async () => {
    const { code, lines } = await run({ test: 1, results: { ...results, numPassedTests: 5, numFailedTests: 2 } });
    expect(lines.at(-1)).toBe('5 passed, 2 failed');
    expect(code).toBe(1);
  });

  it('counts a suite that could not be run', async () => {
    const { code, lines } = await run({ test: 1, results: { ...results, numRuntimeErrorTestSuites: 1 } });
    expect(lines.at(-1)).toBe('7 passed, 1 failed');
    expect(code).toBe(1);
  });

  it.each([{ verify: 1 }, { matrix: 1 }])('runs every step although one fails (%o), and counts it', async (failing) => {
    const { code, lines } = await run({ ...failing, results });
    expect(calls()).toHaveLength(4);
    expect(lines).toContain('== 1 of the steps failed');
    expect(lines.at(-1)).toBe('7 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('never ends well without results', async () => {
    expect(await run({ ci: 1 })).toMatchObject({ code: 1 });
    expect(calls()).toEqual(['ci']);
    const { code, lines } = await run({ test: 1 });
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('keeps its temporary files in one place and removes it', async () => {
    await run({ results, extra: `echo "$TMPDIR" > "$TMPDIR/../where"; touch "$TMPDIR/left"` });
    const where = readFileSync(join(scratch(), 'where'), 'utf8').trim();
    expect(where.startsWith(scratch())).toBe(true);
    expect(readdirSync(scratch())).toEqual(['where']);
  });

  // Elsewhere only the step's own process group can be found.
  const [onLinux, reason] = existsSync('/proc/self/environ')
    ? [describe, '']
    : [describe.skip, ': there is no /proc here'];
  onLinux(`on Linux${reason}`, () => {
    it('kills what a step leaves behind, also in a process group of its own', async () => {
      const leftover = `require('fs').writeFileSync('${folder}/pid', String(process.pid)); setInterval(() => {}, 1000)`;
      const starter = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(leftover)}], {detached: true, stdio: 'ignore'}).unref()`;
      writeFileSync(join(folder, 'starter.js'), starter);
      const extra = `node "${folder}/starter.js"; until [ -s "${folder}/pid" ]; do :; done`;
      const { code, lines } = await run({ results, extra });
      const pid = readFileSync(join(folder, 'pid'), 'utf8');
      expect(lines.some((line) => line.startsWith(`left behind, killed: ${pid} `))).toBe(true);
      expect(lines).not.toContain('some of it does not end');
      expect(isRunning(pid)).toBe(false);
      expect(code).toBe(0);
    }, 30_000);
  });
});

/** A zombie has ended, whether or not somebody has asked how. */
function isRunning(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !readFileSync(stat, 'utf8').includes(') Z ');
}
