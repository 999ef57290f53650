import type { Stage } from '../../domain/progress';

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
