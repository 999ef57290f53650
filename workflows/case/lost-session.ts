import type { ApplicationFailure } from '@temporalio/workflow';
import { FailureType, type FailureFacts } from '../../src/domain/case/failure-types';

const PAUSES_MS = [500, 1_500, 4_000];

/**
 * How long to pause (ms) before a call is sent once more whose session was lost and whose renewal was lost too, as
 * happens to those who share a session with somebody who loses it again and again; nothing of it took effect. Undefined
 * for every other refusal, refused credentials among them, and when it has happened too often: a person must look.
 *
 * @param times how often it has happened to this call before
 */
export function pauseAfterLostSession({ type, details }: ApplicationFailure, times: number): number | undefined {
  const [facts] = (details ?? []) as (FailureFacts | undefined)[];
  const isLost = type === FailureType.VendorUnauthorized && facts?.code === 'SESSION_LOST';
  return isLost ? PAUSES_MS[times] : undefined;
}
