import type { IncomingHttpHeaders } from 'node:http';

/** One HTTP request to a vendor, read whole by the front. `path` has no query; `query` has no leading `?`. */
export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `http://127.0.0.1:7400`: what a served WSDL must name as its own address. */
  readonly origin: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a commit did: `effects` counts the records created or changed. */
export interface CommitResult {
  readonly answer: VendorAnswer;
  readonly outcome: 'ok' | 'refused';
  readonly effects: number;
}

/** Faults that fall on a list. */
export type ListDistortion = 'duplicate-delivery' | 'reorder' | 'empty-list';

/** The entries of a list as a fault leaves them. */
export const distortions: Readonly<Record<ListDistortion, <T>(entries: readonly T[]) => readonly T[]>> = {
  'duplicate-delivery': (entries) => [...entries, ...entries],
  reorder: (entries) => entries.toReversed(),
  'empty-list': () => [],
};

/**
 * One understood call, prepared but not yet carried out, so that a fault can fall before or after its effect. The front
 * writes the ledger line, chooses the fault, and calls `commit` at most once (later, for `late`).
 */
export interface PreparedCall {
  /** As the vendor's page in docs/vendors names it: `SO/Add`, `markExported`, `AllocateSalesOrders`. */
  readonly operation: string;
  /** The records' business keys, sorted, joined by `,`; empty for lists. */
  readonly key: string;
  /** Carries the call out against the vendor's state; the vendor's own refusals come back as `refused`. */
  commit(): CommitResult;
  /** The vendor's own way of saying no (`refused-by-vendor`); no effect. @param more stands at the end of its text */
  refusal(more?: string): VendorAnswer;
  /** What proved who called, as it came; absent where nobody is asked. */
  readonly credentials?: readonly string[];
  /** A SOAP Fault (`soap-fault`); absent where that is the vendor's own way of saying no, or it speaks no SOAP. */
  soapFault?(): VendorAnswer;
  /** Another operation's well-formed response, sent instead of the true one (`wrong-answer`). */
  wrongAnswer(): VendorAnswer;
  /** Voids the caller's session (`session-lost`); absent where the vendor has none. */
  loseSession?(): void;
  /** The same answer with its list repeated, permuted or empty; absent where it has no list. */
  distortList?(how: ListDistortion): CommitResult;
  /** The same answer with the lists inside its records empty; absent where they have none. */
  emptySublists?(): CommitResult;
}

/** One simulated vendor: parses, authenticates, keeps state. It knows nothing of faults, sockets or the ledger's calls. */
export interface VendorSandbox {
  readonly vendor: string;
  /** Whether this vendor answers at this path. */
  owns(path: string): boolean;
  /** The call, or the answer to what is no call at all (WSDL, documentation, 404, 405, unreadable, bad credentials). */
  prepare(request: VendorRequest): PreparedCall | { readonly answer: VendorAnswer };
  /** Fresh, reproducible state. */
  reset(seed: SeedData): void;
  /** The references of what {@link reset} made, for its answer; absent where it makes none. */
  references?(): Partial<SeedReferences>;
  /** What holds all that a restart must not lose, by name: objects of classes, with plain data in them. */
  memory(): Readonly<Record<string, object>>;
  /** Sets going again what was to happen by itself, once {@link memory} was put back. */
  resume?(): void;
  /** This vendor's part of `GET /_sandbox/ledger`: plain lists; scalars are strings, booleans or null. */
  ledger(): Readonly<Record<string, unknown>>;
}

/** Purchase orders and so on, made by `seedData` from (orders, seed); ids derive from the seed and the business key. */
export interface SeedData {
  readonly seed: number;
  readonly orders: number;
}

/** What `POST /_sandbox/reset` answers: `orderRef`, `stockOrderRef`, Centra's order id, invoice uid. */
export interface SeedReferences {
  readonly purchaseOrders: readonly string[];
  readonly stockOrders: readonly string[];
  readonly webOrders: readonly string[];
  readonly invoices: readonly string[];
}
