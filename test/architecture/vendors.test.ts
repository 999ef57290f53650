import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { vendorPrefixes } from '../../src/config';
import { vendorNames } from '../../src/domain/case/names';
import { startSandbox } from '../../src/sandbox/server';
import { root } from './imports';

const vendors = Object.keys(vendorPrefixes);

describe('the vendors', () => {
  it('are five at least, and those with a task queue are among them', () => {
    expect(vendors.length).toBeGreaterThanOrEqual(5);
    expect(vendorNames.filter((name) => !vendors.includes(name))).toEqual([]);
  });

  it.each(vendors)('have each their files, under one name everywhere: %s', (vendor) => {
    const files = [
      ...['client', 'schema', 'mapping'].map((name) => `src/vendors/${vendor}/${name}.ts`),
      `src/sandbox/${vendor}/sandbox.ts`,
      `src/config/${vendor}.ts`,
      `src/cli/doctor/${vendor}.ts`,
      `docs/vendors/${vendor}.md`,
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each(vendorNames)('have activities where they have a queue: %s', (vendor) => {
    expect(existsSync(join(root, `activities/${vendor}.ts`))).toBe(true);
  });

  it('are all in the sandbox, where faults can be aimed at each', async () => {
    const sandbox = await startSandbox({ port: 0, orders: 1, seed: 1, people: false, control: true });
    try {
      const aims = vendors.map((vendor) => ({ vendor, operation: '*', fault: 'drop' }));
      const answer = await fetch(`${sandbox.origin}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(aims) });
      expect(await answer.json()).toEqual({ ok: true, added: vendors.length });
    } finally {
      await sandbox.close();
    }
  });
});
