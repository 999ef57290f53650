import type { FailureType } from '../../../src/domain/case/failure-types';

/** How a write is carried out, as `carryOut` tells one from another, and what its vendor does with a repetition. */
export interface Mode {
  readonly name: string;
  /** What a look-up tells; null where there is none. */
  readonly find: 'all' | 'not enough' | null;
  readonly otherwise: 'send again' | 'ask';
  readonly lookFirst?: true;
  /** Something of ours stands there from an earlier life of the case. */
  readonly stands?: true;
  readonly refused?: 'throw';
  readonly by: 'write' | 'acknowledge' | 'acknowledge locally';
  /** The first attempt is sent before the write is carried out, beside others. */
  readonly together?: true;
  /** Whether a second call adds a second effect, or sets the same once more. */
  readonly effect: 'adds' | 'sets';
}

const named = (name: string, given: Partial<Mode>): Mode => ({
  ...{ name, find: null, otherwise: 'send again', by: 'write', effect: 'adds' },
  ...given,
});

export const modes: readonly Mode[] = [
  named('safe to repeat', { effect: 'sets' }),
  named('looked up, then sent again', { find: 'all' }),
  named('looked up, then asked', { find: 'all', otherwise: 'ask' }),
  named('asked, for nothing can be looked up', { otherwise: 'ask' }),
  named('looked up in vain, then asked', { find: 'not enough' }),
  named('looked for first', { find: 'all', lookFirst: true }),
  named('looked for first and found', { find: 'all', lookFirst: true, stands: true }),
  named('looked for first in vain', { find: 'not enough', lookFirst: true }),
  named('looked for first in vain and there', { find: 'not enough', lookFirst: true, stands: true }),
  named('acknowledged after a look', { by: 'acknowledge', effect: 'sets' }),
  named('acknowledged locally', { by: 'acknowledge locally', effect: 'sets' }),
  named('a refusal goes to the caller', { find: 'all', refused: 'throw' }),
  named('sent beside others', { find: 'all', together: true }),
];

/** What the caller can know of a call that has ended. */
export type End = 'done' | 'not sent' | 'refused' | 'session lost' | 'unknown';

export const NO_ANSWER = 'never';

/** What may become of one call, and what the caller is told. */
export interface Fault {
  readonly name: string;
  readonly end: End;
  /** Null where it is an error of ours, and `never` where nothing comes back. */
  readonly type: FailureType | typeof NO_ANSWER | null;
  readonly code?: string;
  readonly retryAfterMs?: number;
  /** When it takes effect, if it does: late ones before the outcome has settled, or only after the first look. */
  readonly effect: 'at once' | 'before the look' | 'after the look' | null;
  /** The process is killed in which the call is made. */
  readonly kills?: true;
}

const fault = (name: string, end: End, type: Fault['type'], more: Partial<Fault> = {}): Fault => ({
  ...{ name, end, type, effect: null },
  ...more,
});

/** Longer by far than the first pause of one that was not told how long. */
const RETRY_AFTER_MS = 4_000;

const none = fault('none', 'done', null, { effect: 'at once' });

export const faults: readonly Fault[] = [
  none,
  fault('not sent', 'not sent', 'VendorUnavailable'),
  fault('throttled', 'not sent', 'VendorThrottled'),
  fault('throttled, told how long', 'not sent', 'VendorThrottled', { retryAfterMs: RETRY_AFTER_MS }),
  fault('refused', 'refused', 'VendorRejected'),
  fault('unauthorised', 'refused', 'VendorUnauthorized', { code: 'HTTP_401' }),
  fault('session lost', 'session lost', 'VendorUnauthorized', { code: 'SESSION_LOST' }),
  fault('not found', 'refused', 'DocumentNotFound'),
  fault('unknown, happened', 'unknown', 'OutcomeUnknown', { effect: 'at once' }),
  fault('unknown, did not happen', 'unknown', 'OutcomeUnknown'),
  fault('late, before the look', 'unknown', 'OutcomeUnknown', { effect: 'before the look' }),
  fault('late, after the look', 'unknown', 'OutcomeUnknown', { effect: 'after the look' }),
  fault('unreadable, happened', 'unknown', 'MalformedResponse', { effect: 'at once' }),
  fault('unreadable, did not happen', 'unknown', 'MalformedResponse'),
  fault('an error of ours, happened', 'unknown', null, { effect: 'at once' }),
  fault('silent, happened', 'unknown', NO_ANSWER, { effect: 'at once' }),
  fault('killed, happened', 'unknown', NO_ANSWER, { effect: 'at once', kills: true }),
  fault('killed, did not happen', 'unknown', NO_ANSWER, { kills: true }),
];

/** How often the fault falls, what is wanted meanwhile, and what the person answers who is asked. */
export const ways = [
  /** Once; the person answers after a look. */
  'once',
  /** Until the person has answered that it be tried on, and once more. */
  'on and on, tried on',
  'on and on, given up',
  /** Past the point of no return: the person does it in the vendor's own screens. */
  'on and on, done by hand',
  /** Once; while it is under way, it is no longer wanted so. */
  'overtaken meanwhile',
  /** Once; while it is under way, the case is cancelled. */
  'called off meanwhile',
] as const;
export type Way = (typeof ways)[number];

export const isOnAndOn = (way: Way): boolean => way.startsWith('on and on');

/** One case whose first call is carried out in one mode and meets one fault. */
export interface Cell {
  readonly name: string;
  readonly mode: Mode;
  readonly fault: Fault;
  readonly way: Way;
}

/** Faults that the engine cannot tell from another one once it has read their type. */
const isAlike = ({ name }: Pick<Fault, 'name'>): boolean =>
  ['unauthorised', 'not found', 'an error of ours, happened'].includes(name) || /^(throttled|unreadable)/.test(name);

/** From its second call on, such a mode is another one: what falls on and on falls there. */
const isLikeAnother = ({ by, lookFirst, together }: Mode): boolean =>
  by !== 'write' || lookFirst === true || together === true;

/** Why there is no such cell; null where there is one. */
function whyNot(mode: Mode, { kills, type, name, end, effect }: Fault, way: Way): string | null {
  if (mode.stands) return name === 'none' ? null : 'nothing is sent, so nothing can fall on it';
  if (kills && mode.by === 'acknowledge locally')
    return 'it dies with its workflow task, which is tried again as a whole';
  if (way === 'once') return null;
  if (isAlike({ name })) return 'it ends as another fault, and what follows is the same';
  if (way === 'overtaken meanwhile' && mode.find === null && mode.otherwise === 'send again')
    return 'no such call is overtaken: its outcome would be left unknown';
  if (way === 'overtaken meanwhile' && effect === 'after the look')
    return 'nobody can promise it: it comes later than anyone looks, and nothing is sent that would be refused';
  if (!isOnAndOn(way)) return null;
  if (name === 'none' || type === NO_ANSWER) return 'it falls once, or is waited for in vain';
  if (effect === 'before the look' || effect === 'after the look') return 'it falls once: the effect is found';
  if (end === 'session lost' && way !== 'on and on, tried on') return 'as refused, once it was tried in vain';
  return isLikeAnother(mode) ? 'tried in the mode that it becomes' : null;
}

export const cells: readonly Cell[] = modes.flatMap((each) =>
  faults.flatMap((fell) =>
    ways
      .filter((way) => whyNot(each, fell, way) === null)
      .map((way) => ({ name: `${each.name} · ${fell.name} · ${way}`, mode: each, fault: fell, way })),
  ),
);

/** When an effect comes that comes before the look: a look that waits for nothing is too early, on a busy machine too. */
export const BEFORE_THE_LOOK_MS = 5_000;

/** The settle time, in milliseconds. */
export const settleMsOf = ({ effect }: Fault): number =>
  effect === 'before the look' ? BEFORE_THE_LOOK_MS + 1_000 : 60;
