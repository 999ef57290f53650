import * as fc from 'fast-check';
import { FailureType } from '../../../src/domain/case/failure-types';
import { callError } from '../../../src/transport/http/failure';
import {
  MAX_RETRY_AFTER_MS,
  classify,
  failureTypeOf,
  retryAfterMs,
  type ExchangeEnd,
  type Evidence,
  type Outcome,
  type Verdict,
} from '../../../src/transport/http/outcome';

const endings: readonly ExchangeEnd[] = [
  'answered',
  'unreachable',
  'expired',
  'reset',
  'deadline',
  'idle',
  'aborted',
  'truncated',
  'unacceptable',
];
const verdicts: readonly Verdict[] = [
  'unread',
  'readable',
  'unreadable',
  'vendor-refusal',
  'credentials-refusal',
  'session-refusal',
  'missing-record',
  'inconclusive-fault',
];
const anyEvidence: fc.Arbitrary<Evidence> = fc.record(
  {
    phase: fc.constantFrom('not-sent' as const, 'sent' as const),
    effect: fc.constantFrom('read' as const, 'write' as const),
    ending: fc.constantFrom(...endings),
    status: fc.integer({ min: 100, max: 599 }),
    verdict: fc.constantFrom(...verdicts),
  },
  { requiredKeys: ['phase', 'effect', 'ending', 'verdict'] },
);

const answered = (status: number, verdict: Verdict): Omit<Evidence, 'effect'> => ({
  phase: 'sent',
  ending: 'answered',
  status,
  verdict,
});
const cut = (ending: ExchangeEnd, status?: number): Omit<Evidence, 'effect'> => ({
  phase: 'sent',
  ending,
  verdict: 'unread',
  ...(status === undefined ? {} : { status }),
});

describe('what an attempt means', () => {
  it.each<[string, Omit<Evidence, 'effect'>, Outcome, Outcome]>([
    ['no connection', { phase: 'not-sent', ending: 'unreachable', verdict: 'unread' }, 'not-sent', 'not-sent'],
    ['cancelled before sending', { phase: 'not-sent', ending: 'aborted', verdict: 'unread' }, 'not-sent', 'not-sent'],
    ['cancelled after sending', cut('aborted'), 'unknown', 'unknown'],
    ['connection reset', cut('reset'), 'unknown', 'unknown'],
    ['deadline', cut('deadline'), 'unknown', 'unknown'],
    ['silence', cut('idle', 200), 'unknown', 'unknown'],
    ['half an answer', cut('truncated', 200), 'unknown', 'unknown'],
    ['too large an answer', cut('unacceptable', 200), 'unknown', 'unreadable'],
    ['the answer', answered(200, 'readable'), 'done', 'done'],
    ['HTML with 200', answered(200, 'unread'), 'unknown', 'unreadable'],
    ['the answer of another operation', answered(200, 'unreadable'), 'unknown', 'unreadable'],
    ['the answer, but with 500', answered(500, 'readable'), 'unknown', 'unknown'],
    ['the vendor says no', answered(200, 'vendor-refusal'), 'refused', 'refused'],
    ['a business fault with 500', answered(500, 'vendor-refusal'), 'refused', 'refused'],
    ['a fault that proves nothing', answered(500, 'inconclusive-fault'), 'unknown', 'unknown'],
    ['no such record', answered(200, 'missing-record'), 'refused', 'not-found'],
    ['credentials refused in the body', answered(200, 'credentials-refusal'), 'unauthorised', 'unauthorised'],
    ['session gone', answered(200, 'session-refusal'), 'session-lost', 'session-lost'],
    ['HTML with 500', answered(500, 'unread'), 'unknown', 'unknown'],
    ['HTML with 503', answered(503, 'unread'), 'unknown', 'unknown'],
    ['429', answered(429, 'unread'), 'throttled', 'throttled'],
    ['401', answered(401, 'unread'), 'unauthorised', 'unauthorised'],
    ['403', answered(403, 'unread'), 'unauthorised', 'unauthorised'],
    ['404', answered(404, 'unread'), 'unknown', 'unreadable'],
    ['408', answered(408, 'unread'), 'unknown', 'unknown'],
    ['425', answered(425, 'unread'), 'unknown', 'unknown'],
    ['a redirect', answered(307, 'unread'), 'unknown', 'unreadable'],
  ])('%s', (_, evidence, asWrite, asRead) => {
    expect(classify({ ...evidence, effect: 'write' })).toBe(asWrite);
    expect(classify({ ...evidence, effect: 'read' })).toBe(asRead);
  });

  it('has one for everything that can happen', () => {
    const outcomes = new Set<Outcome>(['done', ...(Object.keys(failureTypeOf) as Exclude<Outcome, 'done'>[])]);
    fc.assert(fc.property(anyEvidence, (evidence) => expect(outcomes).toContain(classify(evidence))));
  });

  it('is "not sent" exactly where nothing was sent', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) =>
        expect(classify(evidence) === 'not-sent').toBe(evidence.phase === 'not-sent'),
      ),
    );
  });

  it('is "done" only for a whole, readable answer with a 2xx', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        if (classify(evidence) !== 'done') return;
        expect(evidence).toMatchObject({ phase: 'sent', ending: 'answered', verdict: 'readable' });
        expect(Math.floor((evidence.status ?? 0) / 100)).toBe(2);
      }),
    );
  });

  it('never calls a write that was sent failed unless the vendor said so', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        if (evidence.effect === 'read' || evidence.phase === 'not-sent') return;
        const outcome = classify(evidence);
        expect(outcome).not.toBe('unreadable');
        const saidSo = evidence.verdict.endsWith('refusal') || evidence.verdict === 'missing-record';
        expect(saidSo || (outcome !== 'refused' && outcome !== 'session-lost')).toBe(true);
      }),
    );
  });
});

describe('the error of an attempt', () => {
  it('is never one of success, even where the evidence says done', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const { effect, ...rest } = evidence;
        const error = callError({ vendor: 'v', operation: 'o', effect }, rest, { code: 'C', reason: 'because' });
        expect(Object.values(FailureType)).toContain(error.type);
      }),
    );
  });

  it('says of a write with an unknown outcome that it may have taken effect', () => {
    const call = { vendor: 'manex', operation: 'SO/Add', effect: 'write' } as const;
    const error = callError(call, cut('reset'), { code: 'RESET', reason: 'the connection was cut' });
    expect(error.message).toBe('manex SO/Add: it may or may not have taken effect: the connection was cut');
    expect(error.type).toBe(FailureType.OutcomeUnknown);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-05T09:00:00Z');

  it.each([
    ['2', 2_000],
    ['0', 0],
    ['Mon, 05 Jan 2026 09:01:00 GMT', 60_000],
    ['Mon, 05 Jan 2026 08:00:00 GMT', 0],
    ['999999999999', MAX_RETRY_AFTER_MS],
    ['Mon, 05 Jan 2099 09:01:00 GMT', MAX_RETRY_AFTER_MS],
    ['-5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s means %s ms', (header, wait) => {
    expect(retryAfterMs(header, now)).toBe(wait);
  });

  it('is between nothing and an hour, whatever the vendor writes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.integer().map(String),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (header) => {
          const wait = retryAfterMs(header, now);
          expect(wait === undefined || (wait >= 0 && wait <= MAX_RETRY_AFTER_MS)).toBe(true);
        },
      ),
    );
  });
});
