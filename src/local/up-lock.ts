import { join } from 'node:path';
import { isAlive, readLock } from './process-lock';

/** Where `waybill up` keeps what survives it, in the working directory. */
export const upDirectory = (): string => join(process.cwd(), '.waybill');
export const upLockPath = (): string => join(upDirectory(), 'up.lock');

/** What the `waybill up` of this directory says of itself, where one runs. */
export function runningUp(): Readonly<Record<string, string>> | undefined {
  const lock = readLock(upLockPath());
  return lock !== undefined && isAlive(lock) ? lock.about : undefined;
}
