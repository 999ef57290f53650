import { constants, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Connection } from '@temporalio/client';
import { readEnvironment } from '../../src/config';
import { searchAttributeNames } from '../../src/domain/case/names';
import { nodeArguments, startParts, type Parts } from '../../src/local/parts';
import { freePort, isFree } from '../../src/local/ports';
import { TEMPORAL_CLI_VERSION } from '../../src/local/temporal-cli';
import { note } from '../../src/terminal/output';
import { startTemporalServer, temporalCli } from '../../src/local/temporal-server';
import { isRunning } from './processes';

const environment = readEnvironment();
const OBTAINING_MS = 300_000;
let cli: string;
let directory: string;
let parts: Parts;

beforeAll(async () => {
  cli = (await temporalCli(environment, note)).path;
}, OBTAINING_MS);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waybill-server-'));
  parts = startParts();
});
afterEach(async () => {
  await parts.stop();
  rmSync(directory, { recursive: true });
});

const start = async (path = cli) =>
  startTemporalServer({
    cli: path,
    parts,
    port: await freePort(0),
    uiPort: await freePort(0),
    dbFilename: join(directory, 'temporal.db'),
    log: join(directory, 'temporal.log'),
    environment,
  });

describe('the download', () => {
  it('ends with the executable where the finder looks for it', async () => {
    // What lies there already is what the SDK would have downloaded; all else is its ordinary way.
    const path = join(directory, `temporal-${TEMPORAL_CLI_VERSION}`);
    copyFileSync(cli, path, constants.COPYFILE_FICLONE);
    const part = await parts.start({
      name: 'download',
      command: process.execPath,
      args: [...nodeArguments(join(__dirname, '../../src/local/temporal-download')), directory, TEMPORAL_CLI_VERSION],
      env: environment,
      cwd: directory,
      log: join(directory, 'download.log'),
    });
    expect(await part.ended).toEqual({ reason: 'ended with exit code 0', code: 0 });
    expect(readdirSync(directory).filter((name) => name.startsWith('temporal-'))).toEqual([basename(path)]);
  }, 60_000);
});

describe('startTemporalServer', () => {
  it('serves the namespace, our search attributes and the Web UI, and leaves no process and no port behind', async () => {
    const { address, uiUrl, part } = await start();
    const connection = await Connection.connect({ address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining([...searchAttributeNames]));
    await connection.close();
    expect((await fetch(uiUrl)).status).toBe(200);
    await parts.stop();
    expect(isRunning(part.pid)).toBe(false);
    expect(await isFree(Number(address.split(':')[1]))).toBe(true);
  }, 30_000);

  it('keeps what it holds over a restart on the same file', async () => {
    const first = await start();
    let connection = await Connection.connect({ address: first.address });
    await connection.workflowService.registerNamespace({
      namespace: 'kept',
      workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
    });
    await connection.close();
    await first.part.stop();
    const second = await start();
    connection = await Connection.connect({ address: second.address });
    const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'kept' });
    await connection.close();
    expect(namespaceInfo?.name).toBe('kept');
  }, 40_000);

  it('tells why, with the end of the log, where it does not come up', async () => {
    await expect(start(process.execPath)).rejects.toThrow(
      /The Temporal server ended with exit code \d+\.\n[^]*\(log: .*temporal\.log\)/,
    );
    expect(readFileSync(join(directory, 'temporal.log'), 'utf8')).not.toBe('');
  });
});
