import { DefaultLogger, type Logger } from '@temporalio/worker';
import pino from 'pino';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** Keys whose values never reach the log, wherever they stand. */
const SECRET = /(password|apiKey|api_key|token|secret|authorization|session)$/i;

/** JSON lines on standard output; newlines in vendor text are escaped by JSON itself. */
export const log = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime });

/** Temporal's logger, behind which pino writes; attributes that may hold a secret are masked. */
export function temporalLogger(): Logger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    log[levels[level]](withoutSecrets(meta ?? {}), message);
  });
}

export function withoutSecrets(meta: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta).map(([name, value]: [string, unknown]) => [name, SECRET.test(name) ? '***' : value]),
  );
}
