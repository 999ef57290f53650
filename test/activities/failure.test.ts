import * as fc from 'fast-check';
import { defaultFailureConverter, defaultPayloadConverter } from '@temporalio/common';
import { failureInterceptor } from '../../activities/failure';

const translating = <T>(calls: () => Promise<T>): Promise<T> => failureInterceptor.execute(undefined, calls);
import { FailureType } from '../../src/domain/case/failure-types';
import { VendorError, type VendorErrorFacts } from '../../src/transport/http/vendor-error';
import { factsOf, failureOf } from './attempt';

const types = Object.values(FailureType);

const vendorError = (facts: Partial<VendorErrorFacts> = {}): VendorError =>
  new VendorError({
    type: FailureType.VendorRejected,
    vendor: 'manex',
    operation: 'SO/Add',
    code: 'CUSTOMER_NOT_FOUND',
    message: 'manex SO/Add: Customer does not exists.',
    ...facts,
  });

const translated = (error: unknown) =>
  failureOf(
    translating(async () => {
      throw error;
    }),
  );

it('hands on what a call returns', async () => {
  await expect(translating(async () => 'done')).resolves.toBe('done');
});

describe('a failed vendor call', () => {
  it.each([
    [FailureType.VendorUnavailable, false],
    [FailureType.VendorThrottled, false],
    [FailureType.OutcomeUnknown, false],
    [FailureType.MalformedResponse, false],
    [FailureType.VendorRejected, true],
    [FailureType.VendorUnauthorized, true],
    [FailureType.DocumentNotFound, true],
  ])('%s: final %p', async (type, isFinal) => {
    const failure = await translated(vendorError({ type }));
    expect([failure.type, failure.nonRetryable]).toEqual([type, isFinal]);
  });

  it('says which call it was and how it ended, and nothing else', async () => {
    const error = vendorError({ status: 200, requestId: 'r-1', retryAfterMs: 1500 });
    const failure = await translated(error);
    expect(failure.message).toBe('manex SO/Add: Customer does not exists.');
    expect(failure.details).toEqual([
      {
        vendor: 'manex',
        operation: 'SO/Add',
        code: 'CUSTOMER_NOT_FOUND',
        status: 200,
        requestId: 'r-1',
        retryAfterMs: 1500,
      },
    ]);
    expect(failure.cause).toBeUndefined();
  });

  it('tells what is not known as null, because undefined does not travel', async () => {
    expect(factsOf(await translated(vendorError()))).toMatchObject({
      status: null,
      requestId: null,
      retryAfterMs: null,
    });
  });

  it('waits as long as the vendor asked before the next attempt, and as the retry policy says otherwise', async () => {
    const throttled = vendorError({ type: FailureType.VendorThrottled, retryAfterMs: 2_000 });
    expect((await translated(throttled)).nextRetryDelay).toBe(2_000);
    expect((await translated(vendorError())).nextRetryDelay ?? null).toBeNull();
  });

  it('tries again as the retry policy says where the vendor asked to wait for no time at all', async () => {
    const throttled = vendorError({ type: FailureType.VendorThrottled, retryAfterMs: 0 });
    expect((await translated(throttled)).nextRetryDelay ?? null).toBeNull();
    expect(factsOf(await translated(throttled))).toMatchObject({ retryAfterMs: 0 });
  });

  it('carries onto the wire only what may be told, though the error has more on it', async () => {
    const secrets = fc.string({
      minLength: 12,
      maxLength: 30,
      unit: fc.constantFrom(...'abcdefXYZ0123456789'.split('')),
    });
    await fc.assert(
      fc.asyncProperty(secrets, fc.constantFrom(...types), async (secret, type) => {
        const marked = `canary-${secret}`;
        const error = Object.assign(vendorError({ type }), {
          cause: new Error(marked),
          config: { url: `https://host/${marked}` },
          response: { body: marked },
        });
        const onTheWire = defaultFailureConverter.errorToFailure(await translated(error), defaultPayloadConverter);
        const text = JSON.stringify(onTheWire, (_name, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString() : value,
        );
        expect(text).toContain('SO/Add');
        expect(text).not.toContain(marked);
      }),
      { numRuns: 40 },
    );
  });
});

it('leaves alone what is no vendor’s failure: a defect must show as one', async () => {
  const defect = new TypeError('a defect');
  await expect(
    translating(async () => {
      throw defect;
    }),
  ).rejects.toBe(defect);
});
