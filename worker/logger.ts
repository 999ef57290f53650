import { types } from 'node:util';
import { DefaultLogger, type Logger } from '@temporalio/worker';
import pino from 'pino';
import type { LogLevel } from '../src/config';
import { hiding, type Hide } from '../src/transport/formats/secrets';
import { expectedFailure } from './expected-failure';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
/** As Temporal writes them. */
export const temporalLevels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/** Keys whose values never reach the log, wherever they stand. */
const SECRET = /(password|api_?key|key_data|token|secret|authorization|session(_?key)?|credentials|cookie)$/i;

let hide: Hide = hiding([]);

/**
 * Masks the values of these variables in every line from now on, whatever quotes them. Those whose names say that they are
 * secrets count; what logs itself is masked by its client besides.
 */
export function hideSecretsOf(environment: Readonly<Record<string, string | undefined>>): void {
  const secrets = Object.entries(environment).filter(([name]) => OURS.test(name) && SECRET.test(name));
  hide = hiding(secrets.map(([, value]) => value ?? ''));
}

/** The variables that Waybill reads, Temporal's with them. */
const OURS = /^(CLARITUM|MANEX|NORTHSCOPE|CENTRA|ISYNC|WAYBILL|TEMPORAL)_/;

/** So much is kept of what cannot be written for now: standard output on a full disk. */
const MOST_WAITING_BYTES = 1024 * 1024;

/** Standard output. Nothing stops where it cannot be written: the lines wait, and beyond a limit they are counted and lost. */
function standardOutput() {
  const output = pino.destination({ dest: 1, sync: true, maxLength: MOST_WAITING_BYTES });
  let lost = 0;
  // Said nowhere else: standard error goes to the same disk as a rule, and what waits is written once there is room.
  output.on('error', () => undefined);
  output.on('drop', () => {
    lost += 1;
  });
  output.on('write', () => {
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    setImmediate(() => log.warn({ lines }, 'lines are missing here: standard output could not be written'));
  });
  return output;
}

/** JSON lines on standard output; newlines in vendor text are escaped by JSON itself, and secrets are masked in every text. */
export const log = pino(
  {
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (object) => withoutSecrets(object) },
    hooks: {
      logMethod([first, message, ...rest], write) {
        const plain = rest.map((value: unknown) => (typeof value === 'string' ? hide(value) : value));
        const [attached, told] = types.isNativeError(first)
          ? [{ error: first }, message ?? first.message]
          : [first, message];
        const shown = typeof attached === 'string' ? hide(attached) : attached;
        write.apply(this, told === undefined ? [shown] : [shown, hide(told), ...plain]);
      },
    },
  },
  standardOutput(),
);

/**
 * Temporal's logger, behind which pino writes; attributes that may hold a secret are masked, and a failure that is part of
 * the trade is told in one line, without a stack.
 *
 * @param level the least that is logged, here and by {@link log}
 */
export function temporalLogger(level: LogLevel = 'info'): Logger {
  log.level = level;
  return new DefaultLogger(temporalLevels[level], ({ level: of, message, meta }) => {
    log[levels[of]](expectedFailure(meta ?? {}), message);
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
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  if (depth === 0) return '…';
  // Only these members: what clients attach to their errors besides (requests, metadata) may hold a credential.
  if (types.isNativeError(value)) {
    const { stack, message, cause } = value;
    return { message: hide(stack ?? message), ...(cause === undefined ? {} : { cause: written(cause, depth - 1) }) };
  }
  return Array.isArray(value) ? value.map((entry) => written(entry, depth - 1)) : members(value, depth - 1);
}
