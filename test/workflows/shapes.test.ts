import { bounds } from '../../src/domain/values/bounds';
import { assertCancelRequest, assertDoneRequest } from '../../workflows/case/shapes';

const done = (by?: unknown) => (): void => assertDoneRequest({ task: 'task-1', by });
const cancelled = (by?: unknown) => (): void => assertCancelRequest({ by });

it.each([
  ['what was done', done],
  ['a cancellation', cancelled],
])('%s keeps the whole name of who says so, or is refused', (_, said) => {
  expect(said('a'.repeat(bounds.line))).not.toThrow();
  expect(said()).not.toThrow();
  expect(said('a'.repeat(bounds.line + 1))).toThrow(`by is longer than ${bounds.line} characters`);
  expect(said(7)).toThrow('by');
});
