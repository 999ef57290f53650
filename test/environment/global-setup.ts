import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { note } from '../../src/terminal/output';
import { temporalCli } from '../../src/local/temporal-server';
import { readEnvironment } from '../../src/config';
import { TemporalServer } from '../durability/temporal-server';
import { bundleWorkflows } from '../../worker/bundle';

/** How many worlds a run may open; each has a namespace of its own, made with the server. */
const MOST_WORLDS = 600;

declare global {
  /** What the teardown stops: Jest loads it apart from the setup. */
  // eslint-disable-next-line no-var
  var waybillTestTemporal: TemporalServer | undefined;
}

/** Once per run: the Temporal CLI is found or obtained, and the workflows are bundled for every suite. */
export = async function globalSetup(): Promise<void> {
  const { path } = await temporalCli(readEnvironment(), note);
  const code = await bundleWorkflows(new DefaultLogger('WARN'));
  const bundle = join(mkdtempSync(join(tmpdir(), 'waybill-test-')), 'workflow-bundle.js');
  writeFileSync(bundle, code);
  const namespaces = Array.from({ length: MOST_WORLDS }, (_, index) => `test-${index}`);
  const temporal = await TemporalServer.start({ cli: path, namespaces });
  globalThis.waybillTestTemporal = temporal;
  process.env['WAYBILL_TEST_TEMPORAL'] = temporal.address;
  process.env['TEMPORAL_CLI'] = path;
  process.env['WAYBILL_TEST_BUNDLE'] = bundle;
};
