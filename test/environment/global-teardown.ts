import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export = async function globalTeardown(): Promise<void> {
  await globalThis.waybillTestTemporal?.stop();
  const bundle = process.env['WAYBILL_TEST_BUNDLE'];
  if (bundle !== undefined) rmSync(dirname(bundle), { recursive: true, force: true });
};
