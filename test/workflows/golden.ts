import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporal } from '@temporalio/proto';
import type { World } from './world';

const golden = resolve(__dirname, '../histories');
/** As its file is named: `fulfil-purchase-order` of `fulfilPurchaseOrder`. */
const hyphened = (type: string): string => type.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * With WAYBILL_RECORD set (`npm run record-histories`), keeps one history of each workflow of this world as golden, under
 * the name of the story: what a release did must go on replaying.
 */
export async function recordGolden(world: World, story: string): Promise<void> {
  if (process.env['WAYBILL_RECORD'] === undefined) return;
  mkdirSync(golden, { recursive: true });
  for await (const { workflowId, type } of world.temporal.client.workflow.list()) {
    const history = await world.temporal.client.workflow.getHandle(workflowId).fetchHistory();
    const file = join(golden, `${hyphened(type)}.${story}.json`);
    writeFileSync(file, `${JSON.stringify(history)}\n`);
  }
}

/** The kept histories by file name, `<workflow>.<story>.json`. */
export const goldenNames = (): string[] => readdirSync(golden).filter((name) => name.endsWith('.json'));

export const goldenHistory = (name: string): temporal.api.history.v1.History =>
  temporal.api.history.v1.History.fromObject(JSON.parse(readFileSync(join(golden, name), 'utf8')));
