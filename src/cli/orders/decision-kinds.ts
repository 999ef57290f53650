import type { DecisionKind } from '../../domain/case/decision';

const named: Readonly<Record<DecisionKind, true>> = {
  approval: true,
  'unknown-outcome': true,
  'refused-call': true,
  'silent-vendor': true,
  mismatch: true,
  'unmapped-record': true,
  'short-delivery': true,
  'failed-compensation': true,
};

/** Every kind of decision, for the filter; the compiler keeps it complete. */
export const decisionKinds: readonly string[] = Object.keys(named);
