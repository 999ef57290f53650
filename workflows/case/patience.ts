import { CancellationScope, condition } from '@temporalio/workflow';
import { cut } from '../../src/domain/values/bounds';
import type { Fact } from '../../src/domain/case/decision';
import { milliseconds } from '../../src/domain/values/duration';
import { LASTING_MS, vendorTitles, type Hang } from '../../src/domain/case/hang';
import type { VendorName } from '../../src/domain/case/names';
import type { CasePolicy } from '../../src/domain/case/policy';
import { type DecisionDesk, type Resolution } from './decisions';
import type { Hangs } from './hangs';
import { isLong } from './history';
import { isWithdrawn } from './leaving';
import type { ChoiceOf } from '../../src/domain/case/question';
import { silentVendor } from '../../src/domain/case/questions';

/**
 * After every so many tries the vendor must answer a read before a write is sent again. Waiting for a vendor that is
 * down
 * costs no events then, and a vendor that refuses writes only is not read before every try.
 */
const TRIES_IN_THE_DARK = 4;

/** Answers the question about a vendor that is silent: nothing changes, and it is asked again later. */
const KEEP_TRYING = 'keep trying';

/** What patience needs of its workflow. */
export interface PatientCaller {
  readonly desk: DecisionDesk;
  readonly policy: CasePolicy;
  readonly hangs: Hangs;
  /** Why nothing more may be sent; null while it may. */
  readonly interruption: string | null;
  /** Resolves when the vendor answers a read; repeated by Temporal, which costs no events. */
  reach(vendor: VendorName): Promise<void>;
  /** Starts a new history where the story can be taken up in the middle; returns where it cannot now. */
  continueAsNew?(): Promise<void>;
}

/** A call as a person is asked about it. */
export interface PatientCall {
  readonly vendor: VendorName;
  /** Verb and object, as an operator says it. */
  readonly what: string;
  readonly facts?: readonly Fact[];
  /** The key of the record it is about. */
  readonly about?: string;
  /** Whether it is no longer wanted so: then nobody waits for its next try. */
  isOvertaken?(wasRefused: boolean): boolean;
  /** What a person may choose besides {@link KEEP_TRYING}; nobody is asked where there is nothing. */
  readonly waysOut: readonly Exclude<ChoiceOf<typeof silentVendor>, typeof KEEP_TRYING>[];
}

/**
 * Patience with one call that a vendor does not take and that does no harm when it is repeated: its pauses grow, it is shown
 * as what it is, and after hours a person is asked, whose question is taken back once it has come off (docs/promises.md).
 */
export class Patience {
  #hang: Hang | undefined;
  #watching: Promise<void> | undefined;
  #isOver = false;
  #isToBeTried = false;
  #wayOut: Resolution | undefined;

  constructor(
    private readonly caller: PatientCaller,
    private readonly call: PatientCall,
  ) {}

  /** How a person ended it; undefined while it is to be tried. */
  get wayOut(): Resolution | undefined {
    return this.#wayOut;
  }

  /** It did not come off: the first time, the clock starts. */
  failed(because: string, nextTryMs: number | null, begun = Date.now()): void {
    const { vendor, what } = this.call;
    const standing = this.#hang ?? this.caller.hangs.of(what);
    const since = standing?.since ?? new Date(begun).toISOString();
    const tries = (standing?.tries ?? 0) + 1;
    const nextTryAt = nextTryMs === null ? null : fromNow(nextTryMs);
    this.#show({
      vendor,
      what,
      since,
      tries,
      because: cut(because),
      nextTryAt,
      askAt: standing?.askAt ?? this.#askAt(),
    });
    this.#isOver = false;
    this.#watching ??= this.#watch();
  }

  /**
   * Waits for the next try: longer each time, up to the longest pause, and twice as long once a person is asked. After every
   * few tries the vendor must answer a read first. Returns early where a person, or an interruption, ends it.
   *
   * @param first milliseconds of the first pause
   * @param atLeast milliseconds that the vendor asked for
   */
  async pause(because: string, first: number, atLeast = 0): Promise<void> {
    const tries = this.#hang?.tries ?? 0;
    const ms = Math.min(Math.max(atLeast, first * 2 ** Math.min(tries, 30)), this.#longest);
    this.failed(because, ms);
    await condition(() => this.#isLeft, ms);
    if (!this.#isLeft && (tries + 1) % TRIES_IN_THE_DARK === 0) {
      if (this.#hang !== undefined) this.#show({ ...this.#hang, nextTryAt: null });
      await this.until(() => this.caller.reach(this.call.vendor), true);
    }
    if (isLong(this.caller) && !this.#isLeft) await this.#elsewhere();
  }

  /** Runs what Temporal repeats; undefined where a person ends it before it ends itself, and is then cancelled. */
  until<T>(run: () => Promise<T>, mayBeInterrupted = false): Promise<{ readonly value: T } | undefined> {
    return CancellationScope.cancellable(async () => {
      const scope = CancellationScope.current();
      let isDone = false;
      const isLeft = (): boolean => (mayBeInterrupted ? this.#isLeft : this.#wayOut !== undefined);
      const left = condition(() => isDone || isLeft()).then(() => undefined);
      try {
        return await Promise.race([run().then((value) => ({ value })), left]);
      } finally {
        isDone = true;
        if (isLeft()) scope.cancel();
      }
    });
  }

  /** As {@link until}, for what nobody is told of while Temporal repeats it: it counts as failed after a minute. */
  async unlessSlow<T>(run: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    let isDone = false;
    const begun = Date.now();
    const telling = condition(() => isDone, this.#unseen).then((isInTime) => {
      if (!isInTime)
        this.failed('not done yet: the pending activity of the workflow shows what came back', null, begun);
    });
    try {
      return await this.until(run);
    } finally {
      isDone = true;
      await telling;
    }
  }

  /** It has come off, or is no longer tried: nothing is shown of it any more, and nobody is asked. */
  async end(): Promise<void> {
    await this.#stop();
    this.#wayOut = undefined;
    if (this.#hang !== undefined) this.caller.hangs.set(this.call.what, null);
    this.#hang = undefined;
  }

  #show(hang: Hang): void {
    this.#hang = hang;
    this.caller.hangs.set(hang.what, hang);
  }

  #askAt(): string {
    return fromNow(milliseconds(this.#limits.askAfter));
  }

  get #limits(): CasePolicy['fulfilment'] {
    return this.caller.policy.fulfilment;
  }

  /** Milliseconds in which nothing of it is seen in lists. */
  get #unseen(): number {
    return Math.min(LASTING_MS, milliseconds(this.#limits.askAfter));
  }

  get #isLeft(): boolean {
    return this.#wayOut !== undefined || this.caller.interruption !== null || this.call.isOvertaken?.(false) === true;
  }

  /** Once a person is asked, the next try is waited for with less haste: it costs half as much. */
  get #longest(): number {
    const isAsking = Date.now() >= Date.parse(this.#hang?.askAt ?? '');
    return milliseconds(this.#limits.longestPause) * (isAsking ? 2 : 1);
  }

  /** In a new history, where that is possible; else it is tried once more where a person says so. */
  async #elsewhere(): Promise<void> {
    const hang = this.#hang;
    await this.#stop();
    await this.caller.continueAsNew?.();
    this.#isToBeTried = false;
    this.failed(hang?.because ?? '', null);
    while (!this.#isLeft && !this.#isToBeTried) {
      if (!(await condition(() => this.#isLeft || this.#isToBeTried, this.#longest)))
        await this.caller.continueAsNew?.();
    }
  }

  async #stop(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
    this.#watching = undefined;
  }

  async #watch(): Promise<void> {
    const isOver = (): boolean => this.#isOver;
    const shownIn = Date.parse(this.#hang?.since ?? '') + this.#unseen - Date.now();
    if (shownIn > 0 && (await condition(isOver, shownIn))) return;
    this.caller.hangs.show();
    if (this.call.waysOut.length === 0) return;
    while (this.#hang !== undefined && this.#wayOut === undefined) {
      if (await condition(isOver, Math.max(1, Date.parse(this.#hang.askAt) - Date.now()))) return;
      await this.#ask(this.#hang);
    }
  }

  async #ask({ vendor, what, since, because }: Hang): Promise<void> {
    const { facts = [], about, waysOut } = this.call;
    const asked = this.caller.desk.ask({
      of: silentVendor,
      ...(about === undefined ? {} : { about }),
      values: { vendor: vendorTitles[vendor], what },
      facts: [...facts, { label: 'since', value: since }, { label: 'what came back last', value: because }],
      choices: [KEEP_TRYING, ...waysOut],
      overtaken: { isOver: () => this.#isOver, because: 'the vendor has answered, or nobody tries any more' },
    });
    try {
      const resolution = await asked;
      if (resolution.choice === KEEP_TRYING) this.#isToBeTried = true;
      else this.#wayOut = resolution;
    } catch (error) {
      // A change of the case takes all questions back. This one is asked again when it is due.
      if (!isWithdrawn(error)) throw error;
    }
    if (this.#hang !== undefined && !this.#isOver) this.#show({ ...this.#hang, askAt: this.#askAt() });
  }
}

const fromNow = (ms: number): string => new Date(Date.now() + ms).toISOString();
