import type { FaultSettings } from './sandbox-client';
import type { Operation } from './operations';
import { CALL_MS, LATE_MS, LATER_THAN_SETTLED_MS } from './profile';

/** One column of the matrix: a fault of docs/sandbox.md#faults with its settings. */
export interface Fault {
  /** As the command line and the table name it. */
  readonly name: string;
  readonly settings: Omit<FaultSettings, 'vendor' | 'operation'>;
  /** What the caller can know: nothing; that it was not sent, refused, asked to wait, or logged out; or all. */
  readonly tells: 'nothing' | 'not sent' | 'refused' | 'wait' | 'log in again' | 'all';
  /** Whether the call takes effect all the same. */
  readonly hasEffect: boolean;
  /** What falls next, once this has fallen: aimed at another call. */
  readonly follow: FaultSettings | null;
  /** The process that is hit, where it is not the call. */
  readonly hits: 'worker' | 'server' | null;
  /** Later than the settle time: beyond what a vendor without a unique reference lets anyone promise. */
  readonly isBeyondPromise: boolean;
}

type Given = Partial<Fault> & { readonly name: string; readonly settings: Fault['settings'] };

const fault = (given: Given): Fault => ({
  tells: 'nothing',
  hasEffect: false,
  follow: null,
  hits: null,
  isBeyondPromise: false,
  ...given,
});

const beforeAndAfter = (name: string): Fault[] => [
  fault({ name: `${name} before`, settings: { fault: name, phase: 'before' } }),
  fault({ name: `${name} after`, settings: { fault: name, phase: 'after' }, hasEffect: true }),
];

/** The faults of a single call, without kills. */
const faults: readonly Fault[] = [
  // Not a fault of the sandbox's: `unsent.ts`.
  fault({ name: 'unsent', settings: { fault: 'unsent' }, tells: 'not sent' }),
  fault({ name: 'refuse', settings: { fault: 'refuse' } }),
  fault({ name: 'drop', settings: { fault: 'drop' }, hasEffect: true }),
  fault({ name: 'timeout', settings: { fault: 'timeout' }, hasEffect: true }),
  fault({ name: 'timeout-before', settings: { fault: 'timeout-before' } }),
  fault({ name: 'late', settings: { fault: 'late', ms: LATE_MS }, hasEffect: true }),
  fault({
    name: 'late-beyond-settle',
    settings: { fault: 'late', ms: LATER_THAN_SETTLED_MS },
    hasEffect: true,
    isBeyondPromise: true,
  }),
  fault({ name: 'slow', settings: { fault: 'slow', ms: 100 }, hasEffect: true, tells: 'all' }),
  fault({ name: 'slow-beyond-deadline', settings: { fault: 'slow', ms: CALL_MS * 2 }, hasEffect: true }),
  ...['500', '502', '503'].flatMap(beforeAndAfter),
  fault({ name: '429', settings: { fault: '429', retryAfter: '1' }, tells: 'wait' }),
  fault({ name: 'soap-fault', settings: { fault: 'soap-fault' }, tells: 'refused' }),
  fault({ name: 'refused-by-vendor', settings: { fault: 'refused-by-vendor' }, tells: 'refused' }),
  ...['malformed', 'empty'].flatMap(beforeAndAfter),
  fault({ name: 'wrong-answer', settings: { fault: 'wrong-answer' }, hasEffect: true }),
  fault({ name: 'session-lost', settings: { fault: 'session-lost' }, tells: 'log in again' }),
];

const kill = (name: string, hits: 'worker' | 'server', phase: 'before' | 'after', signal: string): Fault =>
  fault({ name, hits, settings: { fault: 'kill', phase, signal }, hasEffect: true });

/** Kills at the exact point: the vendor itself sends the signal, before or after the effect; the effect comes all the same. */
const kills: readonly Fault[] = [
  kill('kill-worker before', 'worker', 'before', 'SIGKILL'),
  kill('kill-worker after', 'worker', 'after', 'SIGKILL'),
  kill('stop-worker before', 'worker', 'before', 'SIGSTOP'),
  kill('stop-worker after', 'worker', 'after', 'SIGSTOP'),
  kill('kill-server before', 'server', 'before', 'SIGKILL'),
  kill('kill-server after', 'server', 'after', 'SIGKILL'),
  // The worker is stopped while it logs in again, with its call still to be sent, and woken when nobody waits for it.
  fault({
    name: 'stop-worker before sending',
    settings: { fault: 'session-lost' },
    follow: { vendor: 'northscope', operation: 'GenerateSessionToken', fault: 'kill', signal: 'SIGSTOP', times: 1 },
    hits: 'worker',
  }),
];

/** What can be killed at a call. */
export const killsOf = ({ vendor }: Operation): readonly Fault[] =>
  kills.filter(({ follow }) => follow === null || follow.vendor === vendor);

const ofLists: readonly Fault[] = ['duplicate-delivery', 'reorder'].map((name) =>
  fault({ name, settings: { fault: name }, hasEffect: true, tells: 'all' }),
);

const hasSession = (vendor: Operation['vendor']): boolean => vendor === 'northscope';

/** SOAP vendors say no by a fault, the others by a refusal; only one of the two is a word of each. */
const isWordOf = (vendor: Operation['vendor'], { name }: Fault): boolean => {
  if (name === 'soap-fault') return vendor === 'claritum';
  if (name === 'refused-by-vendor') return vendor !== 'claritum';
  return name !== 'session-lost' || hasSession(vendor);
};

/** What can fall on a writing call. */
export const faultsOf = (operation: Operation): readonly Fault[] =>
  operation.isRead ? lookupFaultsOf(operation) : faults.filter((each) => isWordOf(operation.vendor, each));

/** What can fall on the read that looks an outcome up; whether a read "takes effect" makes no difference. */
export const lookupFaultsOf = ({ vendor }: Operation): readonly Fault[] => [
  ...faults.filter(
    (each) =>
      isWordOf(vendor, each) &&
      !['unsent', 'timeout-before', 'late', 'late-beyond-settle'].includes(each.name) &&
      !each.name.endsWith(' before'),
  ),
  ...ofLists,
];

/** Whether a read that meets it waits until its time is over. */
export const isHanging = ({ name }: Fault): boolean => ['timeout', 'slow-beyond-deadline'].includes(name);

/** The column of this name. @throws RangeError with the names there are */
export function faultNamed(name: string): Fault {
  const found = [...faults, ...ofLists].find((each) => each.name === name);
  if (found === undefined)
    throw new RangeError(`no fault ${name}; known: ${[...faults, ...ofLists].map((each) => each.name).join(', ')}`);
  return found;
}
