import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { CallLine } from './calls';

/** The first line. Its number changes with the shape of what is kept: the vendors' states, the faults, the calls. */
const HEAD = 'waybill-sandbox 1\n';

/** What has been appended may be so much, and twice what it began with, before the file is written anew. */
const MOST_APPENDED_BYTES = 4 * 1024 * 1024;

const NEWLINE = 10;

/** What one line holds: parts that stand in place of earlier ones of the same name, and calls likewise by their `n`. */
export interface Entry {
  /** Each as `node:v8` writes it. */
  readonly parts: ReadonlyMap<string, Buffer>;
  readonly calls: readonly CallLine[];
}

/** Thrown for a file that cannot be gone on with; the message says which and why, and not yet what to do. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';
}

const digestOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

function lineOf(entry: Entry): string {
  const body = serialize(entry).toString('base64');
  return `${digestOf(body)} ${body}\n`;
}

function entryOf(line: string, damaged: () => Error): Entry {
  const [digest = '', body = ''] = line.split(' ');
  if (digest !== digestOf(body)) throw damaged();
  return reading(() => {
    const entry: Entry = deserialize(Buffer.from(body, 'base64'));
    return entry;
  });
}

/** Runs what reads the format of `node:v8`. @throws JournalDamaged where a newer Node.js has written it */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new JournalDamaged('the state of the sandbox was written by a newer version of Node.js', { cause: error });
  }
}

/**
 * Reads what a sandbox has kept.
 *
 * @returns undefined where there is no file, or an empty one: nothing was kept yet
 * @throws JournalDamaged for what is no such file, or not as it was written. A last line without its end was being written
 *   when its sandbox ended; nobody has been told of what it says, and it is left out.
 */
export function readJournal(path: string): Entry | undefined {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
  if (bytes.length === 0) return undefined;
  if (bytes.subarray(0, HEAD.length).toString('latin1') !== HEAD) {
    throw new JournalDamaged(`${path} is no state of a sandbox that this version of Waybill knows`);
  }
  const parts = new Map<string, Buffer>();
  const calls = new Map<number, CallLine>();
  for (let at = HEAD.length, number = 2; ; number += 1) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end === -1) break;
    const damaged = (): Error => new JournalDamaged(`${path} is damaged (line ${number} is not what was written)`);
    const entry = entryOf(bytes.subarray(at, end).toString('latin1'), damaged);
    for (const [name, part] of entry.parts) parts.set(name, part);
    for (const line of entry.calls) calls.set(line.n, line);
    at = end + 1;
  }
  return parts.size === 0 ? undefined : { parts, calls: [...calls.values()] };
}

/** The file a sandbox keeps its state in: whole at first, and then a line for each change. */
export class Journal {
  private file: number | undefined;
  private began = 0;
  private appended = 0;

  constructor(private readonly path: string) {}

  /** Whether it is time to {@link rewrite} it: then its size stays within a few times of what it holds. */
  get isLong(): boolean {
    return this.appended > MOST_APPENDED_BYTES + 2 * this.began;
  }

  /** Puts a file with nothing but this in place of what is there; whoever reads sees the one or the other. */
  rewrite(all: Entry): void {
    const unfinished = `${this.path}.unfinished`;
    const line = lineOf(all);
    const file = openSync(unfinished, 'w', 0o600);
    try {
      writeWhole(file, `${HEAD}${line}`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.close();
    renameSync(unfinished, this.path);
    syncDirectory(dirname(this.path));
    this.file = openSync(this.path, 'a');
    this.began = line.length;
    this.appended = 0;
  }

  /** @param isSynced whether it is on the disk, not only with the system, when this returns */
  append(entry: Entry, isSynced: boolean): void {
    if (this.file === undefined) return;
    const line = lineOf(entry);
    writeWhole(this.file, line);
    if (isSynced) fsyncSync(this.file);
    this.appended += line.length;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** A disk that is nearly full takes a part and says how much. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Windows opens no directories, and needs no such step. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
