import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../architecture/imports';
import { policyPage } from './policy-page';

const path = join(root, 'docs/policy.md');

it('has every setting on its page', () => {
  const page = policyPage();
  if (process.env['WAYBILL_RECORD'] === '1') writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
  expect(page.split('\n').length).toBeGreaterThan(40);
});
