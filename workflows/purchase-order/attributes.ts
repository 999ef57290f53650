import type { Stage } from '../../src/domain/progress';

/** What an order waits for by itself, where no human is asked; the values of the search attribute `WaitingFor`. */
export const waitOf: Record<Stage, string> = {
  received: '',
  approval: '',
  'sales-order': '',
  allocation: 'stock',
  despatch: 'warehouse',
  invoicing: 'invoice',
  closing: '',
  compensating: '',
  done: '',
  refused: '',
  cancelled: '',
};

/** The system an order is busy with; the values of the search attribute `Vendor`. */
export const vendorOf: Record<Stage, string> = {
  received: 'claritum',
  approval: '',
  'sales-order': 'manex',
  allocation: 'northscope',
  despatch: 'northscope',
  invoicing: 'claritum',
  closing: 'manex',
  compensating: '',
  done: '',
  refused: '',
  cancelled: '',
};
