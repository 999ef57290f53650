import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { FailureType } from '../../../src/domain/case/failure-types';
import { Exchange, type Digest } from '../../../src/transport/http/exchange';
import { Reader, ReaderLost } from '../../../src/transport/reading/reader';
import { ReaderPool } from '../../../src/transport/reading/reader-pool';
import type { Source } from '../../../src/transport/reading/reading';
import { errorOf, limits, requestTo, xml } from '../http/attempt';
import { startFaultyServer } from '../http/faulty-server';
import { responseOf } from './large';

const wsdlFile = join(__dirname, '../../../src/vendors/claritum/claritum.wsdl');
const never = new AbortController().signal;
const soap = { form: 'soap', wsdlFile, elements: { declared: 'getSpecificationResponse' } } as const;
const answerOf = (records: number): Source => ({
  chunks: [Buffer.from(responseOf('getSpecification', `<return>${'<item><a>1</a></item>'.repeat(records)}</return>`))],
  contentType: 'text/xml',
});
const small = answerOf(1);
const asRead = { value: { return: { item: { a: '1' } } } };
const settings = { most: 1, idleMs: 60_000, heapMb: 256, largeFrom: 1 << 30 };

const { read: readBy } = Reader.prototype;
const started = jest.spyOn(Reader.prototype, 'read');
const ended = jest.spyOn(Reader.prototype, 'end');
const poolOf = (change: Partial<typeof settings> = {}): ReaderPool => new ReaderPool({ ...settings, ...change });
afterEach(async () => {
  // Every thread of a test, whatever became of it.
  await Promise.all([...new Set(started.mock.contexts)].map(async (reader) => reader.end()));
  started.mockClear();
  ended.mockClear();
});

async function lossOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ReaderLost) return error.code;
  throw new Error('the reading was not lost', { cause: error });
}

describe('a reading thread', () => {
  it('reads one source after the other', async () => {
    const pool = poolOf();
    const all = await Promise.all([1, 2, 3].map(async () => pool.read(small, soap, never)));
    expect(all).toEqual([asRead, asRead, asRead]);
    expect(new Set(started.mock.contexts).size).toBe(1);
  });

  it('has one beside it where two may be, and no third', async () => {
    const pool = poolOf({ most: 2 });
    await Promise.all([1, 2, 3, 4, 5].map(async () => pool.read(answerOf(10), soap, never)));
    expect(new Set(started.mock.contexts).size).toBe(2);
  });

  it('that has read something large is ended with it, and is alone of its size', async () => {
    const pool = poolOf({ most: 2, largeFrom: 0 });
    const atOnce: number[] = [];
    let now = 0;
    const readCounted = async function (this: Reader, ...task: Parameters<Reader['read']>): Promise<unknown> {
      atOnce.push((now += 1));
      return readBy.apply(this, task).finally(() => (now -= 1));
    };
    for (let times = 0; times < 3; times += 1) started.mockImplementationOnce(readCounted as Reader['read']);
    await Promise.all([1, 2, 3].map(async () => pool.read(answerOf(10), soap, never)));
    expect(atOnce).toEqual([1, 1, 1]);
    expect(ended).toHaveBeenCalledTimes(3);
  });

  it('leaves a place for what is small beside something large', async () => {
    const pool = poolOf({ most: 2, largeFrom: 100_000 });
    const order: string[] = [];
    const read = async (name: string, records: number): Promise<void> => {
      await pool.read(answerOf(records), soap, never);
      order.push(name);
    };
    await Promise.all([read('large', 20_000), read('large too', 20_000), read('small', 1)]);
    expect(order.indexOf('small')).toBeLessThan(order.indexOf('large too'));
  });

  it('that runs out of memory ends its reading, and nothing else', async () => {
    const pool = poolOf({ heapMb: 24 });
    expect(await lossOf(pool.read(answerOf(300_000), soap, never))).toBe('READER_OUT_OF_MEMORY');
    expect(await pool.read(small, soap, never)).toEqual(asRead);
    expect(new Set(started.mock.contexts).size).toBe(2);
  });

  it('that crashes ends its reading, and nothing else', async () => {
    const pool = poolOf();
    expect(await lossOf(pool.read(small, { ...soap, wsdlFile: '/none' }, never))).toBe('READER_DIED');
    expect(await pool.read(small, soap, never)).toEqual(asRead);
  });

  it('is ended by a cancellation in the middle of its work; who waited for it gets another', async () => {
    const pool = poolOf();
    const controller = new AbortController();
    await pool.read(small, soap, never);
    const cancelled = lossOf(pool.read(answerOf(500_000), soap, controller.signal));
    const next = pool.read(small, soap, never);
    await setImmediate();
    expect(started).toHaveBeenCalledTimes(2);
    controller.abort();
    expect(await cancelled).toBe('READER_STOPPED');
    expect(await next).toEqual(asRead);
    expect(new Set(started.mock.contexts).size).toBe(2);
  });

  it('is not begun for who is cancelled at once', async () => {
    const pool = poolOf();
    const controller = new AbortController();
    const cancelled = lossOf(pool.read(small, soap, controller.signal));
    controller.abort();
    expect(await cancelled).toBe('READER_STOPPED');
    expect(started).not.toHaveBeenCalled();
    expect(await pool.read(small, soap, never)).toEqual(asRead);
  });

  it('is not waited for by who was cancelled before or while it was busy', async () => {
    const pool = poolOf();
    expect(await lossOf(pool.read(small, soap, AbortSignal.abort()))).toBe('READER_STOPPED');
    const controller = new AbortController();
    const first = pool.read(small, soap, never);
    const waiting = lossOf(pool.read(small, soap, controller.signal));
    const last = pool.read(small, soap, never);
    controller.abort();
    expect(await waiting).toBe('READER_STOPPED');
    expect(await Promise.all([first, last])).toEqual([asRead, asRead]);
    expect(started).toHaveBeenCalledTimes(2);
  });

  it('is ended when it has had nothing to do for a while', async () => {
    const pool = poolOf({ idleMs: 1 });
    const isEnded = new Promise<void>((resolve) => ended.mockImplementationOnce(async () => resolve()));
    await pool.read(small, soap, never);
    await isEnded;
    expect(await pool.read(small, soap, never)).toEqual(asRead);
    expect(new Set(started.mock.contexts).size).toBe(2);
  });

  it('has no __proto__ where its process has none', async () => {
    const code = `require('node:worker_threads').parentPort.postMessage('__proto__' in {})`;
    const thread = new Worker(code, { eval: true, execArgv: [], env: {} });
    const hasProto = await new Promise((resolve) => thread.once('message', resolve));
    expect([process.execArgv.includes('--disable-proto=delete'), hasProto]).toEqual([!hasProto, hasProto]);
  });
});

describe('while an answer is read', () => {
  const run = async (digest: Digest<string>, change: Parameters<typeof requestTo>[1] = {}) => {
    const server = await startFaultyServer(xml('<a/>'));
    const request = requestTo(server.origin, { effect: 'read', ...change });
    const open = (headers: Record<string, string>) => httpRequest(server.origin, { method: 'POST', headers });
    try {
      return await errorOf(new Exchange(request, open, digest).run());
    } finally {
      await server.close();
    }
  };
  /** Reads until it is told to stop, and says so. */
  const endless =
    (stopped: () => void, begun: () => void = () => undefined): Digest<string> =>
    async (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          stopped();
          reject(new ReaderLost('READER_STOPPED'));
        });
        begun();
      });
  const { OutcomeUnknown } = FailureType;

  it('the deadline of the call holds, and stops the reading', async () => {
    const stopped = jest.fn();
    // No byte moves meanwhile: that is no silence of the vendor's.
    const error = await run(endless(stopped), { limits: { ...limits, idleMs: 50, deadlineMs: 400 } });
    expect([error.type, error.code]).toEqual([OutcomeUnknown, 'DEADLINE']);
    expect(stopped).toHaveBeenCalledTimes(1);
  });

  it('a cancellation stops the reading', async () => {
    const stopped = jest.fn();
    const controller = new AbortController();
    const digest = endless(stopped, () => controller.abort());
    const error = await run(digest, { options: { signal: controller.signal } });
    expect([error.type, error.code, error.status]).toEqual([OutcomeUnknown, 'ABORTED', 200]);
    expect(stopped).toHaveBeenCalledTimes(1);
  });

  it.each<[string, Error, string]>([
    ['its end', new ReaderLost('READER_DIED'), 'READER_DIED'],
    ['the end of its memory', new ReaderLost('READER_OUT_OF_MEMORY'), 'READER_OUT_OF_MEMORY'],
    ['anything else', new Error('CANARY-5ecret'), 'READER_DIED'],
  ])('%s of the thread leaves the outcome unknown, of a write as of a read', async (_, reason, code) => {
    for (const effect of ['read', 'write'] as const) {
      const error = await run(async () => Promise.reject(reason), { effect });
      expect([error.type, error.code, error.status]).toEqual([OutcomeUnknown, code, 200]);
    }
  });
});
