/** After tsc: bundles the workflows beside the compiled worker and copies what is no TypeScript. */
import { cpSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { bundleWorkflows } from './bundle';

async function build(): Promise<void> {
  const dist = resolve(__dirname, '../dist');
  const code = await bundleWorkflows(new DefaultLogger('WARN'));
  writeFileSync(resolve(dist, 'worker/workflow-bundle.js'), code);
  cpSync(resolve(__dirname, '../src'), resolve(dist, 'src'), {
    recursive: true,
    filter: (path) => !/\.ts$/.test(path),
  });
}

void build();
