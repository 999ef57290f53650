import * as fc from 'fast-check';
import { FailureType } from '../../../src/domain/case/failure-types';
import { answerError, type CallName } from '../../../src/transport/http/failure';
import { Session, type Attempt } from '../../../src/transport/http/session';
import { TimeLeft } from '../../../src/transport/http/time-left';
import { VendorError } from '../../../src/transport/http/vendor-error';

const { VendorRejected, VendorUnauthorized, VendorUnavailable } = FailureType;
const login: CallName = { vendor: 'acme', operation: 'Login', effect: 'read' };
const booking: CallName = { vendor: 'acme', operation: 'Book', effect: 'write' };
const inTime = (): TimeLeft => new TimeLeft({}, 60_000);
const keyRefused = answerError(booking, 'session-refusal', 'KEY', 'refused');

/** A vendor that gives one key after the other, and knows the newest only. */
function oneKeyVendor(given: (key: string) => Promise<string> = async (key) => key) {
  let valid = 0;
  let logins = 0;
  const session = new Session({
    call: login,
    nothingWas: 'sent',
    key: async () => {
      logins += 1;
      return given(String((valid += 1)));
    },
  });
  const book = async (key: string): Promise<Attempt<string>> =>
    key === String(valid) ? { answer: key } : { keyRefused };
  return {
    session,
    book,
    loginElsewhere: () => {
      valid += 1;
    },
    logins: () => logins,
  };
}

const errorOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('the shared session', () => {
  it('asks for one key however many wait, and again only once it is refused', async () => {
    const { session, book, logins, loginElsewhere } = oneKeyVendor();
    const all = async () =>
      Promise.all(Array.from({ length: 3 }, async () => session.attempt(booking, inTime(), book)));
    expect(await all()).toEqual(Array(3).fill({ answer: '1' }));
    expect(await all()).toEqual(Array(3).fill({ answer: '1' }));
    loginElsewhere();
    expect(await all()).toEqual(Array(3).fill({ answer: '3' }));
    expect(logins()).toBe(2);
  });

  it('makes a request that is refused twice no third time, and begins the next with a login', async () => {
    const { session, book, logins } = oneKeyVendor();
    const keys: string[] = [];
    const refusing = async (key: string): Promise<Attempt<string>> => {
      keys.push(key);
      return { keyRefused };
    };
    expect(await session.attempt(booking, inTime(), refusing)).toEqual({ keyRefused });
    expect(keys).toEqual(['1', '2']);
    expect(await session.attempt(booking, inTime(), book)).toEqual({ answer: '3' });
    expect(logins()).toBe(3);
  });

  it('remembers no failure, and no key that a lost login may have voided', async () => {
    const lost = answerError(login, 'unreadable', 'LOST', 'lost');
    const { session, book, logins } = oneKeyVendor(async (key) => (key === '2' ? Promise.reject(lost) : key));
    await session.logIn(inTime());
    const [again, waiting] = [session.logIn(inTime()), session.attempt(booking, inTime(), book)];
    expect(await errorOf(again)).toBe(lost);
    expect(await errorOf(waiting)).toMatchObject({ type: VendorUnavailable, operation: 'Book', code: 'LOST' });
    expect(await session.attempt(booking, inTime(), book)).toEqual({ answer: '3' });
    expect(logins()).toBe(3);
  });

  it.each([
    ['credentials-refusal', VendorUnauthorized],
    ['vendor-refusal', VendorRejected],
    ['inconclusive-fault', VendorUnavailable],
  ] as const)('without a login, ended by a %s, sends nothing', async (verdict, type) => {
    const { session } = oneKeyVendor(async () => Promise.reject(answerError(login, verdict, 'NO', 'no')));
    const end = await errorOf(session.attempt(booking, inTime(), async () => ({ answer: 'sent' })));
    expect(end).toMatchObject({ type, operation: 'Book', code: 'NO' });
    expect(end).toBeInstanceOf(VendorError);
    expect(String(end)).toContain('acme Book: nothing was sent: login failed: acme Login: ');
  });

  it('keeps nobody waiting beyond the time of the call', async () => {
    const { session } = oneKeyVendor(async () => new Promise<never>(() => undefined));
    const sent = async (): Promise<Attempt<string>> => ({ answer: 'sent' });
    const late = session.attempt(booking, new TimeLeft({ deadlineMs: 1 }, 60_000), sent);
    expect(await errorOf(late)).toMatchObject({ type: VendorUnavailable, operation: 'Book', code: 'DEADLINE' });
    const cancelled = session.attempt(booking, new TimeLeft({ signal: AbortSignal.abort() }, 60_000), sent);
    expect(await errorOf(cancelled)).toMatchObject({ type: VendorUnavailable, operation: 'Book', code: 'ABORTED' });
  });

  it('lets everybody through in any order of events, with one login for each key that was voided', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 6 }), fc.nat(3), async (scheduler, callers, voids) => {
        const vendor = oneKeyVendor(async (key) => scheduler.schedule(Promise.resolve(key), 'login'));
        const elsewhere = async (): Promise<void> => {
          for (let left = voids; left > 0; left -= 1) {
            await scheduler.schedule(Promise.resolve(), 'login elsewhere');
            vendor.loginElsewhere();
          }
        };
        const call = async (): Promise<void> => {
          let refused: string | undefined;
          const request = async (key: string): Promise<Attempt<string>> => {
            expect(key).not.toBe(refused);
            await scheduler.schedule(Promise.resolve(), 'request');
            const end = await vendor.book(key);
            if ('keyRefused' in end) refused = key;
            return end;
          };
          while ('keyRefused' in (await vendor.session.attempt(booking, inTime(), request))) {
            // Refused twice while others logged in: as an activity would be, it is tried again.
          }
        };
        await scheduler.waitFor(Promise.all([elsewhere(), ...Array.from({ length: callers }, call)]));
        expect(vendor.logins()).toBeGreaterThanOrEqual(1);
        expect(vendor.logins()).toBeLessThanOrEqual(1 + voids);
      }),
      { numRuns: 300 },
    );
  });
});
