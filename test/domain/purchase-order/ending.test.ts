import { endingOf } from '../../../src/domain/purchase-order/ending';
import type { Progress } from '../../../src/domain/purchase-order/progress';

const ended = (changes: Partial<Progress>): string => {
  const documents = { claritum: { invoices: [] } } as unknown as Progress['documents'];
  return endingOf({ stage: 'done', steps: [], audit: [], documents, ...changes } as Progress);
};

const steps = [{ at: '2026-11-20T18:00:00.000Z', text: 'whatever it says' }];

it('says when an order was cancelled or refused, and who ended it', () => {
  const endedBecause = 'cancellation asked for by olga: twice';
  expect(ended({ stage: 'cancelled', steps, endedBecause })).toBe(
    'cancelled at 2026-11-20T18:00:00.000Z; cancellation asked for by olga: twice',
  );
  expect(ended({ stage: 'refused', endedBecause: 'rejected by anna' })).toBe('refused; rejected by anna');
});

it('says nothing of what was cut off from an order that was fulfilled', () => {
  expect(ended({ stage: 'done', endedBecause: 'cancellation asked for by olga' })).toBe('done');
});

it('names the invoices an order was settled with, and no others', () => {
  const invoice = (number: string, outcome: string) => ({ uid: number, number, quantity: '7', outcome });
  const documents = { claritum: { invoices: [invoice('A', 'settled'), invoice('B', 'disputed')] } };
  expect(ended({ documents: documents as unknown as Progress['documents'] })).toBe('done; invoiced with A (7)');
});
