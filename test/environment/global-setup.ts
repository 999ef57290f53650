import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { note } from '../../src/terminal/output';
import { temporalCli } from '../../src/local/temporal-server';
import { readEnvironment } from '../../src/config';
import { bundleWorkflows } from '../../worker/bundle';

/** Once per run: the Temporal CLI is found or obtained, and the workflows are bundled for every suite. */
export = async function globalSetup(): Promise<void> {
  const { path } = await temporalCli(readEnvironment(), note);
  const code = await bundleWorkflows(new DefaultLogger('WARN'));
  const bundle = join(mkdtempSync(join(tmpdir(), 'waybill-test-')), 'workflow-bundle.js');
  writeFileSync(bundle, code);
  process.env['TEMPORAL_CLI'] = path;
  process.env['WAYBILL_TEST_BUNDLE'] = bundle;
};
