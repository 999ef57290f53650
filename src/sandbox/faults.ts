import { createHash } from 'node:crypto';
import type { CallLine } from './calls';
import { distortions } from './vendor';
import type { PreparedCall } from './vendor';
import { readFaults } from './fault-settings';
import type { ExplicitFault, Fault, RandomFaults } from './fault-settings';

interface Entry {
  readonly settings: ExplicitFault;
  /** Matching calls still to be let through. */
  after: number;
  /** Times it may still fall; -1 for ever. */
  times: number;
  fired: number;
}

type CallFacts = Pick<
  PreparedCall,
  'operation' | 'key' | 'loseSession' | 'distortList' | 'emptySublists' | 'credentials'
>;

/** What a call has not got cannot be lost, distorted or quoted. */
function canFall(fault: Fault, call: CallFacts): boolean {
  if (fault.fault === 'session-lost') return call.loseSession !== undefined;
  if (fault.fault === 'empty-sublists') return call.emptySublists !== undefined;
  if (fault.fault === 'quote-secrets') return call.credentials !== undefined;
  return !(fault.fault in distortions) || call.distortList !== undefined;
}

/** A call on several records is met by the key of any one of them: callers coalesce, faults are set per record. */
const hasKey = (joined: string, key: string): boolean =>
  key === '' || joined === key || joined.split(',').includes(key);

interface Scope {
  readonly vendor: string;
  readonly operation: string;
  readonly key: string;
  readonly contains: string;
}

function isMet(scope: Scope, vendor: string, call: CallFacts, body: string): boolean {
  if (scope.vendor !== '*' && scope.vendor !== vendor) return false;
  if (scope.operation !== '*' && scope.operation !== call.operation) return false;
  return hasKey(call.key, scope.key) && body.includes(scope.contains);
}

const signals = ({ fault, then }: ExplicitFault): boolean => fault === 'kill' || then.some(signals);

/** What `DELETE /_sandbox/faults` may name; what it does not name is any. */
const isAimedAt = (settings: ExplicitFault, aim: Partial<Scope>): boolean =>
  (['vendor', 'operation', 'key', 'contains'] as const).every(
    (name) => aim[name] === undefined || aim[name] === settings[name],
  );

/** Draws by hash, never by arrival order or clock, so that concurrency does not change which calls are hit. */
function draw(random: RandomFaults, coordinates: readonly (string | number)[]): Fault | undefined {
  const digest = createHash('sha256')
    .update(JSON.stringify([random.seed, ...coordinates]))
    .digest();
  if (digest.readUInt32BE(0) / 2 ** 32 >= random.rate) return undefined;
  return random.faults[digest.readUInt32BE(4) % random.faults.length];
}

/** The faults in force, and which of them falls on which call (docs/sandbox.md#faults). */
export class FaultTable {
  private entries: Entry[] = [];
  private random: RandomFaults[] = [];
  /** Counted again from the calls after a restart, so it is no part of what is kept. */
  readonly #attempts = new Map<string, number>();

  /** @param vendors the names a fault may be aimed at; any other is a typing error that would never fire */
  constructor(private readonly vendors: readonly string[]) {}

  /**
   * Adds one fault or an array of them; all or none.
   * @returns how many were added
   * @throws FaultRefused naming what is wrong with which one
   */
  add(body: unknown): number {
    const { explicit, random } = readFaults(body, this.vendors);
    this.set(explicit);
    this.random.push(...random);
    return explicit.length + random.length;
  }

  private set(faults: readonly ExplicitFault[]): void {
    this.entries.push(
      ...faults.map((settings) => ({ settings, after: settings.after, times: settings.times, fired: 0 })),
    );
  }

  /** The explicit faults with how often each fell and may still fall, then the random ones. */
  list(): readonly unknown[] {
    const explicit = this.entries.map(({ settings, after, times, fired }) => ({ ...settings, after, times, fired }));
    const random = this.random.map((entry) => ({ ...entry, faults: entry.faults.map(({ fault }) => fault) }));
    return [...explicit, ...random];
  }

  clear(): void {
    this.entries = [];
    this.random = [];
  }

  /** Takes back the explicit faults that are aimed exactly like this. @returns them, with how often each fell */
  lift(aim: Partial<Scope>): readonly unknown[] {
    const lifted = this.entries.filter(({ settings }) => isAimedAt(settings, aim));
    this.entries = this.entries.filter((entry) => !lifted.includes(entry));
    return lifted.map(({ settings, fired }) => ({ ...settings, fired }));
  }

  /** Clears the faults and forgets the attempts counted so far. */
  reset(): void {
    this.clear();
    this.#attempts.clear();
  }

  /**
   * Goes on after a restart with the faults that were in force. Those that signal a process are taken back: the process
   * is gone, and another may have its number.
   *
   * @param calls all since the last reset
   */
  resume(calls: readonly Pick<CallLine, 'vendor' | 'operation' | 'key'>[]): void {
    this.entries = this.entries.filter(({ settings }) => !signals(settings));
    this.random = this.random.filter(({ faults }) => !faults.some(({ fault }) => fault === 'kill'));
    for (const { vendor, operation, key } of calls) this.count(vendor, { operation, key });
  }

  /**
   * The one fault that falls on this call; explicit ones before random ones, each in the order they were added.
   *
   * @param body the request as it came, for faults aimed by what it contains
   */
  choose(vendor: string, call: CallFacts, body = ''): Fault | undefined {
    const attempt = this.count(vendor, call);
    for (const entry of this.entries) {
      if (this.falls(entry, vendor, call, body)) return entry.settings;
    }
    for (const random of this.random) {
      if (!isMet(random, vendor, call, body)) continue;
      const fault = draw(random, [vendor, call.operation, call.key, attempt]);
      if (fault !== undefined && canFall(fault, call)) return fault;
    }
    return undefined;
  }

  private falls(entry: Entry, vendor: string, call: CallFacts, body: string): boolean {
    if (entry.times === 0 || !isMet(entry.settings, vendor, call, body) || !canFall(entry.settings, call)) return false;
    if (entry.after > 0) {
      entry.after -= 1;
      return false;
    }
    if (entry.times > 0) entry.times -= 1;
    entry.fired += 1;
    if (entry.fired === 1) this.set(entry.settings.then);
    return true;
  }

  private count(vendor: string, call: Pick<CallFacts, 'operation' | 'key'>): number {
    const coordinates = JSON.stringify([vendor, call.operation, call.key]);
    const attempt = (this.#attempts.get(coordinates) ?? 0) + 1;
    this.#attempts.set(coordinates, attempt);
    return attempt;
  }
}
