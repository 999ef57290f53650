import * as fc from 'fast-check';
import { Session } from '../../../src/vendors/northscope/session';

describe('the shared session', () => {
  it('asks for one token however many wait, and again only for a token that was refused', async () => {
    let logins = 0;
    const session = new Session(async () => `token-${(logins += 1)}`);
    expect(await Promise.all([session.token(), session.token(), session.token()])).toEqual(Array(3).fill('token-1'));
    expect(await Promise.all([session.renewed('token-1'), session.renewed('token-1')])).toEqual(['token-2', 'token-2']);
    expect(await session.renewed('token-1')).toBe('token-2');
    expect(logins).toBe(2);
  });

  it('remembers no failure', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve('token')];
    const session = new Session(async () => answers.shift() ?? 'none left');
    const both = await Promise.allSettled([session.token(), session.token()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await session.token()).toBe('token');
  });

  it('never hands out a token that was refused, and logs in at most once per refusal, in any order of events', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(3),
        async (scheduler, callers, expiries) => {
          let valid = 0;
          let logins = 0;
          const session = new Session(async () => {
            const issued = (valid += 1);
            logins += 1;
            return scheduler.schedule(Promise.resolve(String(issued)), 'login');
          });
          const call = async (): Promise<void> => {
            let token = await session.token();
            for (let refusals = 0; refusals <= expiries; refusals += 1) {
              await scheduler.schedule(Promise.resolve(), 'request');
              const refused = token;
              if (refusals === expiries) return;
              token = await session.renewed(refused);
              expect(token).not.toBe(refused);
            }
          };
          const calls = Promise.all(Array.from({ length: callers }, call));
          await scheduler.waitFor(calls);
          expect(logins).toBeLessThanOrEqual(1 + callers * expiries);
          expect(logins).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});
