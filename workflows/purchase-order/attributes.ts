import type { Stage } from '../../src/domain/purchase-order/progress';

/**
 * What an order waits for by itself in a stage, where no person is asked and no vendor is silent; values of the search
 * attribute `WaitingFor`.
 */
const waitsOf = {
  received: ['buyer'],
  approval: ['buyer'],
  'sales-order': ['buyer'],
  allocation: ['stock', 'buyer'],
  despatch: ['warehouse', 'delivery'],
  invoicing: ['invoice', 'warehouse'],
  closing: [],
  compensating: [],
  done: [],
  refused: [],
  cancelled: [],
} as const satisfies Record<Stage, readonly string[]>;

/** What an order may wait for by itself. */
export type Wait = (typeof waitsOf)[Stage][number];

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
