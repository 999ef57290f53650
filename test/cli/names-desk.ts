import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { System } from '../../src/cli/doctor/finding';
import type { Policy } from '../../src/domain/case/policy';
import { loadPolicy } from '../../src/policy/load';
import { startSandbox, type Sandbox } from '../../src/sandbox/server';
import { serve, type Served } from '../vendors/served';
import { examined, faults, sandboxEnvironment } from './examined';
import { readSandboxLedger } from '../sandbox/ask-sandbox';

export const example = loadPolicy(resolve(__dirname, '../../waybill.policy.example.json'));

/** The entry of the example policy at `index`. */
export function entry<T>(entries: readonly T[], index: number): T {
  const found = entries[index];
  if (found === undefined) throw new Error('the example policy has other entries');
  return found;
}

export const [alpine, borealis] = [entry(example.customers, 0), entry(example.customers, 1)];
export const [brochure, label] = [entry(example.products, 0), entry(example.products, 1)];

/** What of a policy's names the doctor tells, as `state check: what; fix`; the policy's file is called `policy.json`. */
export interface ToldNames {
  readonly bad: readonly string[];
  readonly notices: readonly string[];
  /** As `check: what`. */
  readonly unchecked: readonly string[];
}

/** A sandbox, and policies whose names are looked up there. */
export class NamesDesk {
  readonly folder = mkdtempSync(join(tmpdir(), 'waybill-doctor-names-'));

  private constructor(readonly sandbox: Sandbox) {}

  static async open(): Promise<NamesDesk> {
    return new NamesDesk(await startSandbox({ port: 0, orders: 3, seed: 1, people: false, control: true }));
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true });
  }

  /** @param own what the policy has instead of the example's */
  async told(
    system: System,
    own: Partial<Policy>,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ToldNames> {
    const path = join(this.folder, 'policy.json');
    writeFileSync(path, JSON.stringify({ ...example, ...own }));
    const variables = { ...sandboxEnvironment(this.sandbox.origin), WAYBILL_POLICY: path, ...environment };
    const named = (await examined([system], variables)).filter(({ check }) => check.startsWith('policy: '));
    const lines = (wanted: 'bad' | 'notice'): string[] =>
      faults(named.filter(({ state }) => state === wanted)).map((line) => line.replaceAll(path, 'policy.json'));
    return {
      bad: lines('bad'),
      notices: lines('notice'),
      unchecked: named.filter(({ state }) => state === 'unchecked').map(({ check, says }) => `${check}: ${says}`),
    };
  }

  /** The sandbox at another address, with something in its answers exchanged. */
  async altered(from: RegExp, to: string): Promise<Served> {
    return serve(async ({ method, path, query, headers, body }) => {
      const url = `${this.sandbox.origin}${path}${query === '' ? '' : `?${query}`}`;
      const own = Object.entries(headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name));
      const sent = Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
      const answer = await fetch(url, method === 'GET' ? {} : { method, headers: sent, body });
      const type = { 'content-type': answer.headers.get('content-type') ?? '' };
      return { status: answer.status, headers: type, body: (await answer.text()).replaceAll(from, to) };
    });
  }

  /** How often an operation was called so far. */
  async calls(operation: string): Promise<number> {
    const { calls } = await readSandboxLedger(this.sandbox.origin);
    return calls.filter((call) => call.operation === operation).length;
  }
}
