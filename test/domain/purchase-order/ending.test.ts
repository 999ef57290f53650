import { endingOf } from '../../../src/domain/purchase-order/ending';
import type { Progress } from '../../../src/domain/purchase-order/progress';

const ended = (changes: Partial<Progress>): string => {
  const documents = { claritum: { invoices: [] } } as unknown as Progress['documents'];
  return endingOf({ stage: 'done', steps: [], audit: [], documents, ...changes } as Progress);
};

const step = (text: string) => ({ at: '2026-11-20T18:00:00.000Z', text });

it('says when an order was cancelled and who asked for it', () => {
  expect(ended({ stage: 'cancelled', steps: [step('cancellation asked for by olga: twice'), step('cancelled')] })).toBe(
    'cancelled at 2026-11-20T18:00:00.000Z; cancellation asked for by olga: twice',
  );
  expect(ended({ stage: 'cancelled', steps: [step('given up by ben: create the sales order')] })).toContain(
    'given up by ben',
  );
});

it('says who rejected an order that was refused', () => {
  const reject = { choice: 'reject', by: 'anna' } as Progress['audit'][number];
  expect(ended({ stage: 'refused', audit: [reject] })).toBe('refused; rejected by anna');
});

it('names the invoices an order was settled with, and no others', () => {
  const invoice = (number: string, outcome: string) => ({ uid: number, number, quantity: '7', outcome });
  const documents = { claritum: { invoices: [invoice('A', 'settled'), invoice('B', 'disputed')] } };
  expect(ended({ documents: documents as unknown as Progress['documents'] })).toBe('done; invoiced with A (7)');
});
