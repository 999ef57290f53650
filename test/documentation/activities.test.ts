import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureType } from '../../src/domain/case/failure-types';
import { activityDocs, labels } from '../architecture/activity-docs';
import { root } from '../architecture/imports';
import { activitiesPage } from './activities-page';

const docs = activityDocs();
const path = join(root, 'docs/activities.md');

it('stand on their page as the code declares them', async () => {
  const page = await activitiesPage();
  if (process.env['WAYBILL_RECORD'] === '1') writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
});

it('each say how they may fail, be repeated and be undone', () => {
  expect(docs.length).toBeGreaterThan(15);
  const gaps = docs.flatMap(({ activity, lines }) =>
    labels.filter((label) => !lines[label]).map((label) => `${activity} does not say: ${label}`),
  );
  expect(gaps).toEqual([]);
});

it('say yes or no of every repetition, and name an undoing that exists', () => {
  const names = docs.map(({ activity }) => activity);
  const faults = docs.filter(({ lines }) => {
    const [undoing = ''] = /^\w+/.exec(lines['Undone by'] ?? '') ?? [];
    return !/^(yes|no)\b/.test(lines['Safe to repeat'] ?? '') || !['nothing', ...names].includes(undoing);
  });
  expect(faults).toEqual([]);
});

it('name only failures that are final', () => {
  const final: readonly string[] = [
    FailureType.VendorRejected,
    FailureType.VendorUnauthorized,
    FailureType.DocumentNotFound,
  ];
  const named = docs.flatMap(({ activity, lines }) =>
    (lines['Fails for good with']?.match(/\b[A-Z]\w+[A-Z]\w+\b/g) ?? [])
      .filter((type) => !final.includes(type))
      .map((type) => `${activity}: ${type}`),
  );
  expect(named).toEqual([]);
});
