import type { Fact } from '../../src/domain/case/decision';
import { vendorTitles } from '../../src/domain/case/hang';
import type { VendorName } from '../../src/domain/case/names';
import { DONE_BY_HAND, GIVE_UP } from './leaving';
import type { PatientCaller } from './patience';

/** A look-up that saw the vendor's records and could not tell from them: a person is asked. */
export const CANNOT_TELL = 'cannot tell';

/** A call that changes something, as its vendor's documents name it: `SO/PriceAdd` of ManEx. */
export interface VendorCall {
  readonly vendor: VendorName;
  readonly operation: string;
}

/** One writing call of the story, with what it takes to find out what became of it. */
export interface Write<T> {
  /** The activity that sends it. */
  readonly call: VendorCall;
  /** Verb and object, as an operator says it: `add the price 0.85 in ManEx`. */
  readonly what: string;
  /** What is sent, as far as it is looked for or done by hand: each reference and each figure by its name. */
  readonly facts: readonly Fact[];
  /** The key of the record it is about, where such a call may be under way for several. */
  readonly about?: string;
  send(): Promise<T>;
  /** ISO instant of the first attempt, where that was scheduled before the write is carried out. */
  readonly scheduledAt?: string;
  /**
   * Looks for our own key in the vendor's records: undefined where it is certainly not there, `cannot tell` where the
   * vendor does not show enough. Absent where nothing can be looked up at all.
   */
  find?(): Promise<T | undefined | typeof CANNOT_TELL>;
  /** What is said of what a look-up found. @default 'found, adopted', for it is what the call was to bring about */
  saysOf?(found: T): string | undefined;
  /**
   * Whether the call is no longer wanted as it is. Checked before each further attempt, while no attempt is under way,
   * so that no outcome stays unknown. Where it is, the caller is told by `Overtaken`, thrown. Before the first attempt
   * the caller looks itself.
   *
   * @param wasRefused whether the vendor said no to the last attempt
   */
  isOvertaken?(wasRefused: boolean): boolean;
  /** Look before the first attempt too: something of ours stands there already, from an earlier life of the case. */
  readonly lookFirst?: boolean;
  /** When nothing is found, or nothing can be looked up: is the same call sent again, or is a person asked? */
  readonly otherwise: 'send again' | 'ask';
  /** What counts as the result when a person says it happened. */
  assumed(): Promise<T>;
  /**
   * The way out where a person sees no other: giving the case up, which undoes it, or doing this one thing by hand. After
   * the point of no return only the latter is offered. @default 'give up' while that is possible
   */
  readonly wayOut?: WayOut;
  /**
   * A refusal goes to a person, or back to the caller who knows what to do; of refused credentials no caller does.
   * @default 'ask'
   */
  readonly refused?: 'ask' | 'throw';
}

export type WayOut = typeof GIVE_UP | typeof DONE_BY_HAND;

/** What a call needs of its workflow. */
export interface Caller extends PatientCaller {
  /** Shows what is being waited for; null clears it. */
  waiting(text: string | null): void;
  /** Adds a line to the steps. */
  note(text: string): void;
  /** False once goods have left or nothing can be undone any more: then giving up is no choice. */
  readonly mayGiveUp: boolean;
  /** Lists what only a person can do. */
  task(text: string): void;
}

/** What a person is told of a call beside its sentence: which it is, and what it says. */
export const callFacts = ({ call, facts }: Pick<Write<unknown>, 'call' | 'facts'>): readonly Fact[] => [
  { label: 'call', value: `${vendorTitles[call.vendor]} ${call.operation}` },
  ...facts,
];

/** The way out of a write, as it is offered now. */
export const wayOutOf = ({ mayGiveUp }: Caller, { wayOut }: Pick<Write<unknown>, 'wayOut'>): WayOut =>
  wayOut ?? (mayGiveUp ? GIVE_UP : DONE_BY_HAND);
