import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { PartSpec } from '../../src/local/guardian';
import { type Part, type Parts, startParts } from '../../src/local/parts';
import { freePort } from '../../src/local/ports';
import { lastLines } from '../../src/local/log-tail';
import { startTemporalServer, temporalCli, type TemporalServer } from '../../src/local/temporal-server';
import { type Environment, readEnvironment } from '../../src/config';
import { dataConverter } from '../../src/payloads/data-converter';

/** What both sides are measured on: one Temporal server, and a folder for policy, documents and logs. */
export interface Stand {
  readonly parts: Parts;
  readonly folder: string;
  readonly environment: Environment;
  readonly temporal: TemporalServer;
  readonly client: Client;
  readonly say: (line: string) => void;
  /** How often both sides poll, as the policy file writes it; null: as the example policy does. */
  readonly pollEvery: string | null;
  /** The server's SQLite file; empty where it keeps all in memory. */
  readonly database: string;
  /** A number no run of this stand had before: sandbox data and workflow ids derive from it. */
  nextSeed(): number;
}

/** The processes and the folder, there before anything else so that they can be cleared away at every moment. */
export interface Ground {
  readonly parts: Parts;
  readonly folder: string;
  clear(): Promise<void>;
}

export function breakGround(): Ground {
  const parts = startParts();
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  let clearing: Promise<void> | undefined;
  return {
    parts,
    folder,
    clear() {
      clearing ??= parts.stop().then(() => rmSync(folder, { recursive: true, force: true }));
      return clearing;
    },
  };
}

export async function openStand(
  { parts, folder }: Ground,
  { say, pollEvery, isOnDisk = false }: Pick<Stand, 'say' | 'pollEvery'> & { readonly isOnDisk?: boolean },
): Promise<Stand> {
  const environment = readEnvironment();
  const cli = await temporalCli(environment, (line) => say(line.toString()));
  mkdirSync(logs(folder));
  const database = isOnDisk ? join(folder, 'temporal.db') : '';
  const temporal = await startTemporalServer({
    cli: cli.path,
    parts,
    port: await freePort(0),
    uiPort: await freePort(0),
    log: logOf(folder, 'temporal'),
    environment,
    ...(isOnDisk ? { dbFilename: database } : {}),
  });
  const connection = await Connection.connect({ address: temporal.address });
  let seed = 0;
  return {
    parts,
    folder,
    environment,
    temporal,
    client: new Client({ connection, dataConverter }),
    say,
    pollEvery,
    database,
    nextSeed: () => (seed += 1),
  };
}

const logs = (folder: string): string => join(folder, 'logs');

export const logOf = (folder: string, name: string): string => join(logs(folder), `${name}.log`);

/** Starts a part and waits until it says that it is ready. @throws Error with the last lines of its log */
export async function startReady({ parts }: Stand, spec: PartSpec & { readonly log: string }): Promise<[Part, string]> {
  const part = await parts.start(spec);
  try {
    return [part, await part.ready];
  } catch (error) {
    throw new Error(`${spec.name} did not start:\n${lastLines(spec.log).toString()}`, { cause: error });
  }
}
