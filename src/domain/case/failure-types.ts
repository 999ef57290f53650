/** The `type` of every failure an activity may throw. Workflows match on these strings, never on `instanceof`. */
export const FailureType = {
  /**
   * Not a byte left this machine (refused connection, DNS, expired send-by instant), or the vendor refused the session
   * before it did anything: nothing was carried out, safe to try again.
   */
  VendorUnavailable: 'VendorUnavailable',
  /** The vendor asked to wait (429); `retryAfterMs` says how long. Nothing took effect. */
  VendorThrottled: 'VendorThrottled',
  /** Sent, and no readable answer came back: the call may or may not have taken effect. */
  OutcomeUnknown: 'OutcomeUnknown',
  /** The vendor understood and said no. */
  VendorRejected: 'VendorRejected',
  /** The credentials were refused (a lost session is renewed inside the client and never seen). */
  VendorUnauthorized: 'VendorUnauthorized',
  /** A read found no such document. */
  DocumentNotFound: 'DocumentNotFound',
  /** A read was answered with something that is not what the vendor's documents say. */
  MalformedResponse: 'MalformedResponse',
} as const;
export type FailureType = (typeof FailureType)[keyof typeof FailureType];

/** What a failure says of the call, in `details[0]`: never a URL, a body or a credential. */
export interface FailureFacts {
  readonly vendor: string;
  readonly operation: string;
  readonly code: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;
}
