import { distortions } from '../../src/sandbox/vendor';
import type { CommitResult, PreparedCall, VendorAnswer, VendorRequest, VendorSandbox } from '../../src/sandbox/vendor';

const json = (value: unknown): VendorAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The smallest vendor with everything a fault can touch: `/counter/<operation>/<key>` notes the key, `list` shows all. */
export class CounterVendor implements VendorSandbox {
  readonly vendor = 'counter';
  noted: string[] = [];
  private hasSession = true;

  owns(path: string): boolean {
    return path.startsWith('/counter/');
  }

  reset(): void {
    this.noted = [];
    this.hasSession = true;
  }

  memory() {
    return {};
  }

  ledger() {
    return { noted: this.noted };
  }

  prepare({ path }: VendorRequest): PreparedCall | { readonly answer: VendorAnswer } {
    const [, , operation = '', key = ''] = path.split('/');
    if (operation === 'broken') throw new Error('a defect of the vendor');
    if (!this.hasSession) return { answer: json({ says: 'no session' }) };
    const call = {
      operation,
      key,
      refusal: (more = '') => json({ says: `no${more}` }),
      credentials: ['Me@x', 's e'],
      wrongAnswer: () => json({ says: 'something else' }),
      loseSession: () => {
        this.hasSession = false;
      },
    };
    if (operation !== 'list') return { ...call, commit: () => this.note(key) };
    return {
      ...call,
      commit: () => this.listed(this.noted),
      distortList: (how) => this.listed(distortions[how](this.noted)),
      emptySublists: () => this.listed(this.noted.map(() => '')),
    };
  }

  private note(key: string): CommitResult {
    this.noted.push(key);
    return { answer: json({ says: `noted ${key}` }), outcome: 'ok', effects: 1 };
  }

  private listed(list: readonly string[]): CommitResult {
    return { answer: json({ list }), outcome: 'ok', effects: 0 };
  }
}
