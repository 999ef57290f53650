import { DefaultLogger, type Logger } from '@temporalio/worker';
import pino from 'pino';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Keys whose values never reach the log, wherever they stand. */
const SECRET = /(password|api_?key|token|secret|authorization|session(_?key)?|credentials|cookie)$/i;

/** JSON lines on standard output; newlines in vendor text are escaped by JSON itself. */
export const log = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime });

/** Temporal's logger, behind which pino writes; attributes that may hold a secret are masked. */
export function temporalLogger(): Logger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    log[levels[level]](withoutSecrets(meta ?? {}), message);
  });
}

/** Deeper than anything the SDK attaches; what lies below is cut, and with it every cycle. */
const DEEPEST = 8;

/** The attributes as they may be written: secrets masked, errors with their reason (JSON makes `{}` of them). */
export const withoutSecrets = (meta: object): Record<string, unknown> => members(meta, DEEPEST);

const members = (value: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => [
      name,
      SECRET.test(name) ? '***' : written(member, depth),
    ]),
  );

function written(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (depth === 0) return '…';
  // Only these members: what clients attach to their errors besides (requests, metadata) may hold a credential.
  if (value instanceof Error) {
    const { stack, message, cause } = value;
    return { message: stack ?? message, ...(cause === undefined ? {} : { cause: written(cause, depth - 1) }) };
  }
  return Array.isArray(value) ? value.map((entry) => written(entry, depth - 1)) : members(value, depth - 1);
}
