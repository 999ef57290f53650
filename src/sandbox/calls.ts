/** One line of the ledger's `calls`: what reached a vendor, what it was told, and what really took effect. */
export interface CallLine {
  /** 1, 2, … since the last reset. */
  readonly n: number;
  /** UTC instant of arrival. */
  readonly at: string;
  readonly vendor: string;
  /** As the vendor's page in docs/vendors names it: `SO/Add`. */
  readonly operation: string;
  /** The records' business keys, sorted, joined by `,`; empty for lists. */
  readonly key: string;
  /** As sent to the caller; `none` where no readable answer of the vendor left. */
  outcome: 'ok' | 'refused' | 'none';
  /** Records created or changed; raised later for `late`. */
  effects: number;
  /** The fault that fell on this call, or null. */
  fault: string | null;
}

/** The calls since the last reset, in order of arrival. */
export class CallLedger {
  private lines: CallLine[] = [];

  /** Opens the line of a call that was understood; nothing was answered and nothing took effect yet. */
  open(call: { readonly vendor: string; readonly operation: string; readonly key: string }): CallLine {
    const line: CallLine = {
      n: this.lines.length + 1,
      at: new Date().toISOString(),
      vendor: call.vendor,
      operation: call.operation,
      key: call.key,
      outcome: 'none',
      effects: 0,
      fault: null,
    };
    this.lines.push(line);
    return line;
  }

  /** The line of the `n`th call. */
  line(n: number): CallLine | undefined {
    return this.lines[n - 1];
  }

  list(): readonly CallLine[] {
    return this.lines.map((line) => ({ ...line }));
  }

  /** Puts earlier lines back; the next call is counted on from them. */
  restore(lines: readonly CallLine[]): void {
    this.lines = lines.map((line) => ({ ...line }));
  }

  clear(): void {
    this.lines = [];
  }
}
