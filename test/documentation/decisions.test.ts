import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue, questionOf } from '../../src/cli/orders/catalogue';
import { fill } from '../../src/domain/case/question';
import { root } from '../architecture/imports';
import { decisionsPage } from './decisions-page';

const questions = Object.values(catalogue).flat();
const path = join(root, 'docs/decisions.md');

it('stand on their page as they stand in the catalogue', () => {
  if (process.env['WAYBILL_RECORD'] === '1') writeFileSync(path, decisionsPage());
  expect(readFileSync(path, 'utf8')).toBe(decisionsPage());
});

it('have a topic of their own, choices that lead on, and what to look at', () => {
  const topics = questions.map(({ topic }) => topic);
  expect(new Set(topics).size).toBe(topics.length);
  expect(topics.length).toBeGreaterThan(25);
  for (const question of questions) {
    expect(questionOf(question.topic)).toBe(question);
    expect(Object.keys(question.choices).length).toBeGreaterThan(0);
    expect([question.lookAt, ...Object.values(question.choices)]).not.toContain('');
  }
});

it('are filled in at once: what is filled in is not looked at again', () => {
  expect(fill('{a} and {b}', { a: '{b}', b: '$&' })).toBe('{b} and $&');
});
