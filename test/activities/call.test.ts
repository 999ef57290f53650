import * as fc from 'fast-check';
import { CancelledFailure } from '@temporalio/activity';
import { reading, writing } from '../../activities/call';
import type { CallOptions } from '../../src/transport/http/call';
import { attempt } from './attempt';

const HOUR = 3_600_000;
const limits = fc.integer({ min: 1, max: HOUR });
const delays = fc.integer({ min: 0, max: HOUR });

const granted = async (what: () => CallOptions, startToCloseMs: number, scheduledMsAgo: number) => {
  const environment = attempt({ startToCloseMs, scheduledMsAgo });
  const { currentAttemptScheduledTimestampMs: scheduled } = environment.context.info;
  const options: CallOptions = await environment.run(async () => what());
  return { scheduled, options };
};

describe('a writing call', () => {
  it('may not be sent so late that it would still run when Temporal gives the attempt up', async () => {
    await fc.assert(
      fc.asyncProperty(limits, delays, async (startToCloseMs, scheduledMsAgo) => {
        const { scheduled, options } = await granted(writing, startToCloseMs, scheduledMsAgo);
        const { sendBy = Infinity, deadlineMs = Infinity } = options;
        expect(sendBy + deadlineMs).toBeLessThanOrEqual(scheduled + startToCloseMs);
      }),
    );
  });

  it('has at most a third of its time and at most twenty seconds, and leaves time to be sent in', async () => {
    await fc.assert(
      fc.asyncProperty(limits, delays, async (startToCloseMs, scheduledMsAgo) => {
        const { scheduled, options } = await granted(writing, startToCloseMs, scheduledMsAgo);
        const { sendBy = 0, deadlineMs = Infinity } = options;
        expect(deadlineMs).toBeLessThanOrEqual(Math.min(20_000, startToCloseMs / 3));
        expect(deadlineMs).toBeGreaterThan(Math.min(20_000, startToCloseMs / 3) - 1);
        expect(sendBy).toBeGreaterThanOrEqual(scheduled + (startToCloseMs * 2) / 3);
      }),
    );
  });

  it('counts from when the attempt was scheduled, not from when it got its turn', async () => {
    const { scheduled, options } = await granted(writing, 30_000, 25_000);
    expect(options).toMatchObject({ deadlineMs: 10_000, sendBy: scheduled + 20_000 });
    expect(options.sendBy).toBeLessThan(Date.now());
  });
});

describe('a reading call', () => {
  it('has nearly all of its time, and no instant after which it is pointless', async () => {
    await fc.assert(
      fc.asyncProperty(limits, delays, async (startToCloseMs, scheduledMsAgo) => {
        const { options } = await granted(reading, startToCloseMs, scheduledMsAgo);
        expect(options.sendBy).toBeUndefined();
        expect(options.deadlineMs).toBeLessThan(startToCloseMs);
        expect(options.deadlineMs).toBeGreaterThan(startToCloseMs * 0.9 - 1);
      }),
    );
  });
});

it.each([
  ['writing', writing],
  ['reading', reading],
])('a %s call ends when its activity is cancelled', async (_, what) => {
  const environment = attempt();
  const { signal }: CallOptions = await environment.run(async () => what());
  expect(signal?.aborted).toBe(false);
  environment.cancel();
  expect(signal?.aborted).toBe(true);
  expect(signal?.reason).toBeInstanceOf(CancelledFailure);
});
