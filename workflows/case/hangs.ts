import { hangSentence, isLasting, type Hang } from '../../src/domain/case/hang';
import type { VendorName } from '../../src/domain/case/names';

/** What people see of a workflow: `show` rewrites its search attributes where they have changed, and its details. */
interface Shown {
  show(): void;
}

interface Waits {
  readonly waitingFor: string | null;
  readonly waitingSince: string | null;
}

/** The calls of one workflow that vendors do not take, and what people are shown of them. */
export class Hangs {
  constructor(
    private readonly kept: { hangs: readonly Hang[] },
    private readonly shown: Shown,
  ) {}

  /** What is known of a call that hangs, by what it is; also from an earlier history. */
  of(what: string): Hang | undefined {
    return this.kept.hangs.find((known) => known.what === what);
  }

  /** Shows in lists what has lasted by now. */
  show(): void {
    this.shown.show();
  }

  /** Keeps what is known of a call, or forgets it (null); lists show at once which stage it holds up. */
  set(what: string, hang: Hang | null): void {
    const others = this.kept.hangs.filter((known) => known.what !== what);
    this.kept.hangs = hang === null ? others : [...others, hang].toSorted((a, b) => (a.since < b.since ? -1 : 1));
    this.shown.show();
  }

  /** The vendor that lists show as what is waited for; undefined while nothing has lasted. */
  listed(): VendorName | undefined {
    const [hang] = this.kept.hangs;
    return hang !== undefined && isLasting(hang, Date.now()) ? hang.vendor : undefined;
  }

  /** A call that hangs is what is waited for, whatever would be waited for without it. */
  insteadOf({ waitingFor, waitingSince }: Waits): Waits {
    const [hang] = this.kept.hangs;
    return hang === undefined
      ? { waitingFor, waitingSince }
      : { waitingFor: hangSentence(hang), waitingSince: hang.since };
  }
}
