import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporal } from '@temporalio/proto';
import type { World } from './world';

const golden = resolve(__dirname, '../histories');
/** As its file is named: `fulfil-purchase-order` of `fulfilPurchaseOrder`. */
const hyphened = (type: string): string => type.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * With WAYBILL_RECORD set (`npm run record-histories`), keeps histories of this world as golden, under the name of the story:
 * what a release did must go on replaying. Of each type of workflow the one with the most events is kept, all of its runs.
 */
export async function recordGolden(world: World, story: string): Promise<void> {
  if (process.env['WAYBILL_RECORD'] === undefined) return;
  mkdirSync(golden, { recursive: true });
  const { workflow } = world.temporal.client;
  const kept = new Map<string, Recorded[]>();
  for await (const { workflowId, runId, type } of workflow.list()) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory();
    const key = JSON.stringify([hyphened(type), workflowId]);
    kept.set(key, [{ name: hyphened(type), history }, ...(kept.get(key) ?? [])]);
  }
  const longestLast = [...kept.values()].toSorted((left, right) => eventsIn(left) - eventsIn(right));
  const byName = new Map(longestLast.map((runs) => [runs[0]?.name ?? '', runs]));
  for (const [name, runs] of byName)
    for (const [index, { history }] of runs.entries()) {
      const run = index === 0 ? '' : `-${index + 1}`;
      writeFileSync(join(golden, `${name}.${story}${run}.json`), `${JSON.stringify(history)}\n`);
    }
}

interface Recorded {
  readonly name: string;
  readonly history: temporal.api.history.v1.IHistory;
}

const eventsIn = (runs: readonly Recorded[]): number =>
  runs.reduce((count, { history }) => count + (history.events?.length ?? 0), 0);

/** The kept histories by file name, `<workflow>.<story>.json`. */
export const goldenNames = (): string[] => readdirSync(golden).filter((name) => name.endsWith('.json'));

export const goldenHistory = (name: string): temporal.api.history.v1.History =>
  temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(join(golden, name), 'utf8')));
