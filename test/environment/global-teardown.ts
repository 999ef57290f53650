import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export = function globalTeardown(): void {
  const bundle = process.env['WAYBILL_TEST_BUNDLE'];
  if (bundle !== undefined) rmSync(dirname(bundle), { recursive: true, force: true });
};
