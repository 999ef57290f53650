import { asMarkdown } from '../../src/domain/values/markdown';
import { Case, openCase, type CaseState } from '../../workflows/case/case';
import { policy } from '../domain/examples';

const upserted = jest.fn<void, [readonly { readonly key: { readonly name: string }; readonly value: unknown }[]]>();
jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  setCurrentDetails: () => undefined,
  upsertSearchAttributes: (pairs: Parameters<typeof upserted>[0]) => upserted(pairs),
}));

/** A case of no process in particular. */
class AnyCase extends Case<CaseState> {
  readonly interruption = null;
  readonly mayGiveUp = false;
  readonly readWayOut = null;
  reach = (): Promise<void> => Promise.resolve();
  protected attributes = () => ({ Vendor: 'manex', Customer: '7' });
  protected numbers = () => ['po-1', null, ' 0000000001'];
  protected details = () => asMarkdown`x`;
  steps = () => this.caseProgress().steps;
}

const open = (): AnyCase => new AnyCase(openCase('open'), policy());

it('keeps the newest steps, and says that there were others', () => {
  const any = open();
  for (let number = 1; number <= 2_000; number += 1) any.note(`step ${number} ${'x'.repeat(number % 300)}`);
  const [first, ...rest] = any.steps();
  expect(first?.text).toMatch(/^the steps up to here are no longer kept: read the history/);
  expect(rest.length).toBeGreaterThan(40);
  expect(rest.map(({ text }) => Number(text.split(' ')[1]))).toEqual(
    rest.map((_, index) => 2_000 - rest.length + 1 + index),
  );
  expect(JSON.stringify(any.steps()).length).toBeLessThan(13_000);
});

it('says nothing of others while it has kept them all', () => {
  const any = open();
  for (let number = 1; number <= 3; number += 1) any.note(`step ${number}`);
  expect(any.steps().map(({ text }) => text)).toEqual(['step 1', 'step 2', 'step 3']);
});

it('shows all its attributes in one event, and none where nothing has changed', () => {
  const any = open();
  any.enter('placed');
  any.show();
  any.show();
  expect(upserted.mock.calls.map(([pairs]) => pairs.map(({ key, value }) => [key.name, value]))).toEqual([
    [
      ['Stage', 'placed'],
      ['WaitingFor', ''],
      ['SilentVendor', ''],
      ['Vendor', 'manex'],
      ['Customer', '7'],
      ['Keys', ['PO-1', '0000000001']],
    ],
  ]);
});
