import { askSandbox } from '../sandbox/ask-sandbox';
import type { SandboxLedger } from './auditor/evidence';
import { isUnsent, Unsent } from './unsent';

/** A fault to set, as docs/sandbox.md#faults names it. */
export interface FaultSettings {
  readonly vendor: string;
  readonly operation: string;
  readonly fault: string;
  readonly key?: string;
  readonly contains?: string;
  readonly times?: number;
  readonly after?: number;
  readonly ms?: number;
  readonly phase?: 'before' | 'after';
  readonly retryAfter?: string;
  readonly pid?: number;
  readonly signal?: string;
  /** Set when this one first falls. */
  readonly then?: readonly FaultSettings[];
}

/** A fault in force, with how often it fell. */
export interface SetFault extends FaultSettings {
  readonly fired: number;
}

/** How old an answer may be that many look at. */
const RECENT_MS = 250;

/** The control API of one sandbox, as the people of the matrix use it. */
export class SandboxClient {
  #ledger: Promise<SandboxLedger> | undefined;
  #recent: { readonly askedAt: number; readonly ledger: Promise<SandboxLedger> } | undefined;
  #faults: Promise<readonly SetFault[]> | undefined;
  /** What never reaches the sandbox: set, told and lifted here with what falls there. */
  readonly unsent = new Unsent();

  constructor(readonly origin: string) {}

  async reset(seed: number, orders: number): Promise<void> {
    this.unsent.reset();
    await this.#call('POST', 'reset', { seed, orders });
  }

  /** The ledger as it is now; questions asked in the same moment share one answer. */
  ledger(): Promise<SandboxLedger> {
    this.#ledger ??= this.#call('GET', 'ledger')
      .then((ledger) => ledger as SandboxLedger)
      .finally(() => {
        this.#ledger = undefined;
      });
    return this.#ledger;
  }

  /** The ledger as it was a moment ago, but not before this instant (epoch milliseconds). */
  async ledgerSince(at: number): Promise<SandboxLedger> {
    const now = Date.now();
    if (this.#recent === undefined || this.#recent.askedAt < Math.max(at, now - RECENT_MS))
      this.#recent = { askedAt: now, ledger: this.ledgerNow() };
    return this.#recent.ledger;
  }

  /** The ledger as it is after everything that was done before this was called. */
  async ledgerNow(): Promise<SandboxLedger> {
    return (await this.#call('GET', 'ledger')) as SandboxLedger;
  }

  /** One thing that people do. @returns the ids of what was created or changed */
  async world(action: object): Promise<readonly string[]> {
    return ((await this.#call('POST', 'world', action)) as { ids: string[] }).ids;
  }

  async arm(faults: readonly FaultSettings[]): Promise<void> {
    this.unsent.arm(faults.filter(isUnsent));
    const fallsThere = faults.filter((fault) => !isUnsent(fault));
    if (fallsThere.length > 0) await this.#call('POST', 'faults', fallsThere);
  }

  /** The faults in force; questions asked in the same moment share one answer. */
  faults(): Promise<readonly SetFault[]> {
    this.#faults ??= this.#call('GET', 'faults')
      .then((faults) => [...(faults as SetFault[]), ...this.unsent.faults])
      .finally(() => {
        this.#faults = undefined;
      });
    return this.#faults;
  }

  /** Takes back the faults aimed exactly so. @returns them, with how often each fell */
  async lift({ vendor, operation, key = '', contains = '' }: FaultSettings): Promise<readonly SetFault[]> {
    this.unsent.lift(operation, key);
    const aim = { vendor, operation, key, contains };
    return ((await this.#call('DELETE', 'faults', aim)) as { lifted: SetFault[] }).lifted;
  }

  /** Errors of the sandbox itself: one that errs proves nothing. */
  async defects(): Promise<readonly string[]> {
    return ((await this.#call('GET', 'health')) as { defects: string[] }).defects;
  }

  #call(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown> {
    return askSandbox(this.origin, method, what, body);
  }
}
