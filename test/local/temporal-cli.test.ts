import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli, TEMPORAL_CLI_VERSION, type FindOptions } from '../../src/local/temporal-cli';

// Processes on a busy machine: the time limit is there for what hangs.
jest.setTimeout(90_000);

let home: string;
let said: string[];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'waybill-finder-'));
  said = [];
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function script(path: string, body: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return path;
}

const stub = (path: string, server = '1.29.1'): string =>
  script(path, `echo "temporal version 1.5.1 (Server ${server}, UI 2.42.1)"`);

const offline: FindOptions['download'] = () => Promise.reject(new Error('the machine is offline'));
const find = (environment: Record<string, string>, download = offline) =>
  findTemporalCli({
    environment: { HOME: home, PATH: join(home, 'bin'), ...environment },
    tell: (line) => said.push(line.toString()),
    download,
  });
const cached = (): string => join(home, '.cache/waybill', `temporal-${TEMPORAL_CLI_VERSION}`);

describe('findTemporalCli', () => {
  it('takes what TEMPORAL_CLI names before what is on PATH', async () => {
    stub(join(home, 'bin/temporal'));
    const path = stub(join(home, 'own/temporal'));
    expect(await find({ TEMPORAL_CLI: path })).toEqual({ path, source: 'TEMPORAL_CLI' });
  });

  it('refuses a TEMPORAL_CLI that is none, rather than taking another', async () => {
    stub(join(home, 'bin/temporal'));
    const path = script(join(home, 'own/temporal'), 'echo hello');
    await expect(find({ TEMPORAL_CLI: path })).rejects.toThrow(
      `TEMPORAL_CLI names ${path}, which is not the Temporal CLI.`,
    );
  });

  it('takes the one on PATH before the cache', async () => {
    stub(cached());
    const path = stub(join(home, 'bin/temporal'));
    expect(await find({})).toEqual({ path, source: 'PATH' });
  });

  it('passes over one that is too old, and says so', async () => {
    stub(cached());
    const old = stub(join(home, 'bin/temporal'), '1.22.4');
    expect(await find({})).toEqual({ path: cached(), source: 'cache' });
    expect(said).toEqual([`${old} has server 1.22, but 1.29 or newer is needed: not used.`]);
  });

  it('honours XDG_CACHE_HOME', async () => {
    const path = stub(join(home, 'xdg/waybill', `temporal-${TEMPORAL_CLI_VERSION}`));
    expect(await find({ XDG_CACHE_HOME: join(home, 'xdg') })).toEqual({ path, source: 'cache' });
  });

  it('takes what Go installed, on PATH or not', async () => {
    const path = stub(join(home, 'gopath/bin/temporal'));
    expect(await find({ GOPATH: join(home, 'gopath') })).toEqual({ path, source: 'Go' });
  });

  it('downloads into the cache once, and then takes it from there', async () => {
    const download = jest.fn((directory: string, version: string) =>
      Promise.resolve(stub(join(directory, `temporal-${version}`))),
    );
    expect(await find({}, download)).toEqual({ path: cached(), source: 'download' });
    expect(await find({}, download)).toEqual({ path: cached(), source: 'cache' });
    expect(download).toHaveBeenCalledTimes(1);
    expect(said).toEqual([expect.stringMatching(/^Downloading the Temporal CLI v1\.5\.1 into .* \(once\)/)]);
  });

  it('lets one of two at a time obtain it', async () => {
    const download = jest.fn((directory: string, version: string) =>
      Promise.resolve(stub(join(directory, `temporal-${version}`))),
    );
    const found = await Promise.all([find({}, download), find({}, download)]);
    expect(found.map(({ source }) => source)).toEqual(['download', 'cache']);
    expect(download).toHaveBeenCalledTimes(1);
    expect(said).toContain(
      `Process ${process.pid} is already downloading or building the Temporal CLI. Waiting for it.`,
    );
  });

  it('builds with Go where the download does not work', async () => {
    script(
      join(home, 'bin/go'),
      `[ "$1 $2" = "install github.com/temporalio/cli/cmd/temporal@v1.5.1" ] || exit 3
printf '#!/bin/sh\\necho "temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)"\\n' > "$GOBIN/temporal"
/bin/chmod +x "$GOBIN/temporal"`,
    );
    expect(await find({})).toEqual({ path: cached(), source: 'go install' });
    expect(said[1]).toBe('The download failed: the machine is offline');
    expect(said[2]).toMatch(/go install github\.com\/temporalio\/cli\/cmd\/temporal@v1\.5\.1: 2 to 3 minutes, once/);
    expect(readdirSync(join(home, '.cache/waybill')).filter((name) => /^(build|obtaining)/.test(name))).toEqual([]);
  });

  it('names every way where none works', async () => {
    script(join(home, 'bin/go'), 'echo "no network" >&2; exit 1');
    await expect(find({})).rejects.toThrow(
      /download: the machine is offline\n {2}go install: it ended with exit code 1, see .*go-install\.log\nInstall it .* TEMPORAL_CLI .* Go 1\.23/,
    );
    expect(existsSync(cached())).toBe(false);
  });

  it('says that Go is not there either', async () => {
    await expect(find({})).rejects.toThrow(/go install: Go is not installed/);
  });
});
