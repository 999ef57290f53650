import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { vendorPrefixes } from '../../src/config';
import { vendorNames } from '../../src/domain/case/names';
import { startSandbox } from '../../src/sandbox/server';
import { root } from './imports';

const vendors = Object.keys(vendorPrefixes);

/** What every vendor's folder holds, and what is called so where a vendor has it. */
const files = ['client', 'connection', 'operations', 'schema', 'mapping', 'requests', 'answer'];
const filesOfSome = ['fields', 'credentials'];
/** What only this vendor has. */
const ownFiles: Readonly<Record<string, readonly string[]>> = {
  claritum: ['field-mapping', 'field-mapping-file', 'wsdl-file', 'wsdl-use'],
  isync: ['documents'],
  northscope: ['request-names', 'where-clause'],
};
/** `order-requests.ts`: a part of what would be too large for one file. */
const isPart = (name: string): boolean => name.endsWith('-requests');

describe('the vendors', () => {
  it('are five at least, and those with a task queue are among them', () => {
    expect(vendors.length).toBeGreaterThanOrEqual(5);
    expect(vendorNames.filter((name) => !vendors.includes(name))).toEqual([]);
  });

  it.each(vendors)('have each their files, under one name everywhere: %s', (vendor) => {
    const elsewhere = [
      `src/sandbox/${vendor}/sandbox.ts`,
      `src/config/${vendor}.ts`,
      `src/cli/doctor/${vendor}.ts`,
      `docs/vendors/${vendor}.md`,
    ];
    expect(elsewhere.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it.each([...vendors.map((vendor) => `src/vendors/${vendor}`), 'test/fixtures/sixth-vendor/src/vendors/acme'])(
    'call what they have alike, so that who knows one knows all: %s',
    (folder) => {
      const own = ownFiles[basename(folder)] ?? [];
      const there = readdirSync(join(root, folder)).flatMap((file) =>
        file.endsWith('.ts') ? [file.slice(0, -3)] : [],
      );
      expect([...files, ...own].filter((name) => !there.includes(name))).toEqual([]);
      expect(there.filter((name) => ![...files, ...filesOfSome, ...own].includes(name) && !isPart(name))).toEqual([]);
    },
  );

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
