import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import type { CallLedger, CallLine } from './calls';
import { isFields } from './fields';
import { JournalDamaged, reading } from './journal';
import type { Entry, Journal } from './journal';

/** Objects that hold what is kept, by name. Their members are plain data, functions, or such objects again. */
export type Holders = Readonly<Record<string, object>>;

/** An object of a class of ours. Asked of its prototypes, for data that was read is of another realm in some tests. */
function isHolder(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  if (types.isMap(value) || types.isSet(value) || types.isDate(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** The members that are data; a clock is no state. */
function dataOf(holder: object): Readonly<Record<string, unknown>> {
  const members = Object.entries(holder).filter(([, value]) => typeof value !== 'function');
  return Object.fromEntries(
    members.map(([name, value]: [string, unknown]) => [name, isHolder(value) ? dataOf(value) : value]),
  );
}

/** @throws JournalDamaged where what was kept has other members: another version of Waybill has written it */
function putBack(holder: object, kept: unknown): void {
  const names = Object.keys(dataOf(holder));
  if (!isFields(kept) || Object.keys(kept).toSorted().join() !== names.toSorted().join()) {
    throw new JournalDamaged('the state of the sandbox was written by another version of Waybill');
  }
  for (const [name, value] of Object.entries(holder)) {
    if (typeof value === 'function') continue;
    if (isHolder(value)) putBack(value, kept[name]);
    else Object.assign(holder, { [name]: kept[name] });
  }
}

/**
 * Keeps what the sandbox holds in a file, part by part, so that a restart goes on where it ended. Whatever anybody is told
 * of is on the disk before.
 */
export class Memory {
  private readonly written = new Map<string, Buffer>();

  /**
   * @param parts what to keep, asked for each time: a reset puts other objects in their place
   * @param lost told where the file cannot be written. What cannot be kept must not be told either, so it does not return
   */
  constructor(
    private readonly journal: Journal,
    private readonly parts: ReadonlyMap<string, () => Holders>,
    private readonly calls: CallLedger,
    private readonly lost: (error: unknown) => never,
  ) {}

  /** Puts back what was kept. @throws JournalDamaged */
  restore({ parts, calls }: Entry): void {
    for (const [name, holders] of this.parts) {
      const part = parts.get(name);
      const kept = part === undefined ? undefined : reading((): unknown => deserialize(part));
      for (const [member, holder] of Object.entries(holders())) putBack(holder, isFields(kept) ? kept[member] : kept);
    }
    this.calls.restore(calls);
  }

  /** Forgets what was kept before and keeps all there is now. */
  begin(): void {
    this.written.clear();
    this.changedParts([...this.parts.keys()]);
    this.guarded(() => this.journal.rewrite({ parts: this.written, calls: this.calls.list() }));
  }

  /** Keeps those of the named parts that have changed (all where none is named), and how a call stands. */
  keep(names: readonly string[] = [...this.parts.keys()], line?: CallLine): void {
    const parts = this.changedParts(names);
    if (parts.size === 0 && line === undefined) return;
    this.guarded(() => {
      this.journal.append({ parts, calls: line === undefined ? [] : [{ ...line }] }, parts.size > 0);
      if (this.journal.isLong) this.journal.rewrite({ parts: this.written, calls: this.calls.list() });
    });
  }

  close(): void {
    this.journal.close();
  }

  private changedParts(names: readonly string[]): ReadonlyMap<string, Buffer> {
    const changed = new Map<string, Buffer>();
    for (const name of names) {
      const holders = Object.entries(this.parts.get(name)?.() ?? {});
      const bytes = serialize(Object.fromEntries(holders.map(([member, holder]) => [member, dataOf(holder)])));
      if (this.written.get(name)?.equals(bytes) === true) continue;
      changed.set(name, bytes);
      this.written.set(name, bytes);
    }
    return changed;
  }

  private guarded(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.lost(error);
    }
  }
}
