import { vendorNames } from '../../domain/case/names';
import type { Stage } from '../../domain/purchase-order/progress';

const named: Readonly<Record<Stage, true>> = {
  received: true,
  approval: true,
  'sales-order': true,
  allocation: true,
  despatch: true,
  invoicing: true,
  closing: true,
  compensating: true,
  done: true,
  refused: true,
  cancelled: true,
};

/** Every stage of an order, for the filter; the compiler keeps it complete. */
export const stages: readonly string[] = Object.keys(named);

/** What an order, or a cancellation before its order, waits for: the values of the search attribute `WaitingFor`. */
export const waits: readonly string[] = [
  'decision',
  'stock',
  'warehouse',
  'delivery',
  'invoice',
  'order',
  'buyer',
  ...vendorNames,
];
