import { constants } from 'node:os';
import { isFields } from './fields';
import type { Fields } from './fields';

/** Every fault of docs/sandbox.md#faults. */
export const faultNames = [
  'refuse',
  'drop',
  'timeout',
  'timeout-before',
  'late',
  'slow',
  '500',
  '502',
  '503',
  '429',
  'soap-fault',
  'refused-by-vendor',
  'malformed',
  'empty',
  'wrong-answer',
  'session-lost',
  'duplicate-delivery',
  'reorder',
  'empty-list',
  'empty-sublists',
  'hang-up',
  'quote-secrets',
  'kill',
] as const;
export type FaultName = (typeof faultNames)[number];

const secretForms = [
  'plain',
  'upper',
  'lower',
  'url',
  'form',
  'url-twice',
  'xml',
  'json',
  'base64',
  'base64url',
  'base64-lines',
  'hex',
] as const;
export type SecretForm = (typeof secretForms)[number];

/** What falls on a call. */
export interface Fault {
  readonly fault: FaultName;
  /** Milliseconds, for `late`, `slow` and `hang-up`. */
  readonly ms: number;
  /** Whether the effect comes before the fault (`after`) or never (`before`), where the fault leaves the choice. */
  readonly phase: 'before' | 'after';
  /** The `Retry-After` of `429`: seconds or an HTTP date, sent as it stands. */
  readonly retryAfter: string;
  /** How `quote-secrets` writes what it quotes. */
  readonly form: SecretForm;
  /** For `kill`. */
  readonly pid: number;
  readonly signal: NodeJS.Signals;
}

interface Aim {
  /** A vendor's name, or `*`. */
  readonly vendor: string;
  /** As the vendor's page in docs/vendors names it, or `*`. */
  readonly operation: string;
  /** A business key; empty for any. */
  readonly key: string;
  /** A text the request must contain, for lists, which have no key; empty for any. */
  readonly contains: string;
}

export interface ExplicitFault extends Fault, Aim {
  /** How often it falls; -1 for ever. */
  readonly times: number;
  /** Matching calls let through first. */
  readonly after: number;
  /** Set when this one first falls: what meets the look-up that follows a lost answer, and no earlier one. */
  readonly then: readonly ExplicitFault[];
}

/** Faults drawn by hash of (seed, vendor, operation, key, attempt). */
export interface RandomFaults extends Aim {
  readonly rate: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
}

/** Thrown for a fault that cannot be set; the message says which one and why. */
export class FaultRefused extends Error {
  override readonly name = 'FaultRefused';
}

function text(fields: Fields, name: string, otherwise: string): string {
  const value = fields[name] ?? otherwise;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') throw new FaultRefused(`${name} must be a string`);
  return value;
}

function whole(fields: Fields, name: string, otherwise: number, least: number): number {
  const value = fields[name] ?? otherwise;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw new FaultRefused(`${name} must be a whole number, at least ${least}`);
  }
  return value;
}

/** setTimeout takes no more; a longer wait would fire at once. */
const LONGEST_WAIT = 2 ** 31 - 1;

function milliseconds(fields: Fields): number {
  const value = whole(fields, 'ms', 0, 0);
  if (value > LONGEST_WAIT) throw new FaultRefused(`ms must be at most ${LONGEST_WAIT}`);
  return value;
}

function faultName(value: unknown): FaultName {
  const found = faultNames.find((known) => known === String(value));
  if (found === undefined)
    throw new FaultRefused(`unknown fault ${JSON.stringify(value)}; known: ${faultNames.join(' ')}`);
  return found;
}

const isSignal = (value: string): value is NodeJS.Signals => Object.hasOwn(constants.signals, value);

/** A pid of 0 or below is a whole process group, 1 the system's first process, and our own would end the sandbox. */
function victim(fields: Fields, fault: FaultName): Pick<Fault, 'pid' | 'signal'> {
  const pid = whole(fields, 'pid', 0, 0);
  if (fault === 'kill' && (pid < 2 || pid === process.pid)) {
    throw new FaultRefused('kill needs the pid of one other process');
  }
  const signal = text(fields, 'signal', 'SIGKILL');
  if (!isSignal(signal)) throw new FaultRefused(`unknown signal ${JSON.stringify(signal)}`);
  return { pid, signal };
}

function retryAfter(fields: Fields): string {
  const value = text(fields, 'retryAfter', '2');
  if (!/^[\x20-\x7e]*$/.test(value)) throw new FaultRefused('retryAfter must be plain ASCII');
  return value;
}

function secretForm(fields: Fields): SecretForm {
  const form = text(fields, 'form', 'plain');
  const found = secretForms.find((known) => known === form);
  if (found === undefined) throw new FaultRefused(`form must be one of ${secretForms.join(' ')}`);
  return found;
}

function readFault(fields: Fields, fault: FaultName): Fault {
  const phase = text(fields, 'phase', 'after');
  if (phase !== 'before' && phase !== 'after') throw new FaultRefused('phase must be before or after');
  const said = { ms: milliseconds(fields), phase, retryAfter: retryAfter(fields), form: secretForm(fields) } as const;
  return { fault, ...said, ...victim(fields, fault) };
}

function aim(fields: Fields, vendors: readonly string[]): Aim {
  const vendor = text(fields, 'vendor', '*');
  if (vendor !== '*' && !vendors.includes(vendor)) {
    throw new FaultRefused(`unknown vendor ${JSON.stringify(vendor)}; known: ${vendors.join(' ')} *`);
  }
  return {
    vendor,
    operation: text(fields, 'operation', '*'),
    key: text(fields, 'key', ''),
    contains: text(fields, 'contains', ''),
  };
}

function readRandom(fields: Fields, vendors: readonly string[]): RandomFaults {
  const rate = fields['rate'];
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) throw new FaultRefused('rate must be between 0 and 1');
  const faults = fields['faults'];
  if (!Array.isArray(faults) || faults.length === 0) throw new FaultRefused('faults must name at least one fault');
  return {
    ...aim(fields, vendors),
    rate,
    seed: whole(fields, 'seed', 1, Number.MIN_SAFE_INTEGER),
    faults: faults.map((entry) => readFault(fields, faultName(entry))),
  };
}

function readExplicit(fields: Fields, vendors: readonly string[]): ExplicitFault {
  const times = whole(fields, 'times', 1, -1);
  const { then = [] } = fields;
  if (!Array.isArray(then) || !then.every(isFields)) throw new FaultRefused('then must be a list of faults');
  return {
    ...readFault(fields, faultName(fields['fault'])),
    ...aim(fields, vendors),
    times,
    after: whole(fields, 'after', 0, 0),
    then: then.map((next) => readExplicit(next, vendors)),
  };
}

/**
 * Reads the body of `DELETE /_sandbox/faults`: which faults to take back.
 * @throws FaultRefused for what is no text
 */
export function readAim(fields: Fields): Partial<Aim> {
  const names = ['vendor', 'operation', 'key', 'contains'] as const;
  return Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, text(fields, name, '')]));
}

/**
 * Reads the body of `POST /_sandbox/faults`: one object or an array, explicit or random.
 * @throws FaultRefused naming what is wrong with which one
 */
export function readFaults(
  body: unknown,
  vendors: readonly string[],
): { readonly explicit: readonly ExplicitFault[]; readonly random: readonly RandomFaults[] } {
  const explicit: ExplicitFault[] = [];
  const random: RandomFaults[] = [];
  const list: readonly unknown[] = Array.isArray(body) ? body : [body];
  for (const [index, entry] of list.entries()) {
    try {
      if (!isFields(entry)) throw new FaultRefused('a fault is an object');
      if ('rate' in entry) random.push(readRandom(entry, vendors));
      else explicit.push(readExplicit(entry, vendors));
    } catch (error) {
      if (!(error instanceof FaultRefused)) throw error;
      throw new FaultRefused(list.length > 1 ? `fault ${index + 1}: ${error.message}` : error.message, {
        cause: error,
      });
    }
  }
  return { explicit, random };
}
