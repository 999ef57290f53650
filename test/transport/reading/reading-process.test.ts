import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-reading-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Reads a large and a small answer by the module in `transport` and says what it has found; then it has nothing to do. */
const program = (transport: string): string => `
  const { read } = require(${JSON.stringify(join(transport, 'reading/read'))});
  const text = '<R>' + '<a>1</a>'.repeat(200000) + '</R>';
  const shape = { form: 'xml', root: 'R', lists: new Set(['a']) };
  const signal = new AbortController().signal;
  (async () => {
    for (const source of [{ text }, { text: '<R><a>1</a></R>' }]) {
      const { a } = await read(source, shape, signal);
      console.log(a.length, a[0]);
    }
  })();`;

function outputOf(transport: string, ...args: readonly string[]): string {
  const file = join(folder, 'program.js');
  writeFileSync(file, program(transport));
  const { stdout, stderr, signal, status } = spawnSync(process.execPath, ['--disable-proto=delete', ...args, file], {
    cwd: ROOT,
    encoding: 'utf8',
    // An idle thread must not keep the process: it would be killed, and that shows.
    timeout: 60_000,
  });
  expect({ stderr, signal, status }).toEqual({ stderr: '', signal: null, status: 0 });
  return stdout;
}

it('a process that loads node-soap by us has no __proto__, however it was started', () => {
  const script = `const before = '__proto__' in {};
    require(${JSON.stringify(join(ROOT, 'src/transport/soap/soap'))});
    console.log(before, '__proto__' in {});`;
  const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], { cwd: ROOT, encoding: 'utf8' });
  expect(output).toBe('true false\n');
}, 60_000);

describe('the reading thread is found, and lets its process end', () => {
  it('where the sources run', () => {
    expect(outputOf(join(ROOT, 'src/transport'), '--import', 'tsx')).toBe('200000 1\n1 1\n');
  }, 120_000);

  it('in the compiled build', () => {
    const config = join(ROOT, 'tsconfig.build.json');
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    // The types are checked elsewhere.
    execFileSync(process.execPath, [compiler, '-p', config, '--noCheck', '--outDir', folder], { cwd: ROOT });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    expect(outputOf(join(folder, 'src/transport'))).toBe('200000 1\n1 1\n');
  }, 120_000);
});
