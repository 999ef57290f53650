import { FailureType } from '../../src/domain/case/failure-types';

const { OutcomeUnknown, MalformedResponse, VendorThrottled, VendorRejected } = FailureType;

/** Each fault of the wire at a SOAP vendor: what a write under it ends as, what a read does, and how often it took effect. */
export const soapFaults: readonly (readonly [
  fault: object,
  asWrite: FailureType,
  asRead: FailureType,
  effects: number,
])[] = [
  [{ fault: 'refuse' }, OutcomeUnknown, OutcomeUnknown, 0],
  [{ fault: 'drop' }, OutcomeUnknown, OutcomeUnknown, 1],
  [{ fault: 'timeout' }, OutcomeUnknown, OutcomeUnknown, 1],
  [{ fault: 'timeout-before' }, OutcomeUnknown, OutcomeUnknown, 0],
  [{ fault: 'slow', ms: 2_000 }, OutcomeUnknown, OutcomeUnknown, 1],
  [{ fault: '500', phase: 'before' }, OutcomeUnknown, OutcomeUnknown, 0],
  [{ fault: '502', phase: 'after' }, OutcomeUnknown, OutcomeUnknown, 1],
  [{ fault: '503', phase: 'after' }, OutcomeUnknown, OutcomeUnknown, 1],
  [{ fault: '429', retryAfter: '2' }, VendorThrottled, VendorThrottled, 0],
  [{ fault: 'soap-fault' }, VendorRejected, VendorRejected, 0],
  [{ fault: 'refused-by-vendor' }, VendorRejected, VendorRejected, 0],
  [{ fault: 'malformed', phase: 'after' }, OutcomeUnknown, MalformedResponse, 1],
  [{ fault: 'empty', phase: 'after' }, OutcomeUnknown, MalformedResponse, 1],
  [{ fault: 'wrong-answer' }, OutcomeUnknown, MalformedResponse, 1],
];
