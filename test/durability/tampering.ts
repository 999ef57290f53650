import type { Evidence } from './auditor/evidence';

type Open<T> = T extends object ? { -readonly [K in keyof T]: Open<T[K]> } : T;

/** Evidence that may be tampered with. */
export type Tampered = Open<Evidence>;

/** Evidence of one mistake, and the invariant that must see it. */
export interface Mutant {
  /** What the product would have done wrong. */
  readonly mistake: string;
  readonly caughtBy: string;
  readonly tamper: (evidence: Tampered) => void;
}

/** The call of this operation, and of these keys. */
export const call = ({ ledger }: Tampered, operation: string, key?: string) =>
  found(ledger.calls.find((each) => each.operation === operation && (key === undefined || each.key === key)));
/** What an order tells of itself. */
export const told = ({ orders }: Tampered, orderRef = 'CL-7') =>
  found(orders.find((each) => each.orderRef === orderRef));

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('the sound evidence does not have this');
  return value;
}
export const at = <T>(list: readonly T[], index: number): T => found(list[index]);
