import type { FailureType } from '../../domain/case/failure-types';

/** What may be told about a failed call: never a URL, a header, a body or a credential. */
export interface VendorErrorFacts {
  readonly type: FailureType;
  readonly vendor: string;
  /** As the vendor's page in docs/vendors names it (`SO/Add`, `markExported`). */
  readonly operation: string;
  /** A short machine word for the reason (`DEADLINE`, `HTTP_503`, `NOT_SOAP`), or the vendor's own error code. */
  readonly code: string;
  /** One sentence for a person; vendor text in it is cleaned and capped. */
  readonly message: string;
  /** HTTP status, where an answer came. */
  readonly status?: number;
  /** The vendor's or our own id of the request, for the vendor's support desk. */
  readonly requestId?: string;
  /** Milliseconds the vendor asked to wait (429), capped. */
  readonly retryAfterMs?: number;
}

/** Thrown by every vendor client, and nothing else is, when an operation did not succeed. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly type: FailureType;
  readonly vendor: string;
  readonly operation: string;
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(facts: VendorErrorFacts) {
    super(facts.message);
    this.type = facts.type;
    this.vendor = facts.vendor;
    this.operation = facts.operation;
    this.code = facts.code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
  }
}
