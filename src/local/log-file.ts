import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { errno } from '../terminal/errno';

/** How much of one log is kept. */
interface LogBounds {
  /** Of one file. */
  readonly bytes: number;
  /** With the one that is written to. */
  readonly files: number;
}

const LOG_BOUNDS: LogBounds = { bytes: 10 * 1024 * 1024, files: 5 };

/**
 * A log that outlives the process that writes it: `worker.log`, and of what was there before `worker.log.1`, `worker.log.2` … the
 * older the higher. A log that cannot be written is no reason for anything to stop: its lines are counted and left out until
 * it can be.
 */
export class LogFile {
  private file: number | undefined;
  private size = 0;
  private lost = 0;
  private lastLost = '';

  /** @param told the system's code, when lines begin to be lost */
  constructor(
    private readonly path: string,
    private readonly told: (code: string) => void,
    private readonly bounds: LogBounds = LOG_BOUNDS,
  ) {}

  /** The last line that is in no file; empty where all are. */
  get unwritten(): string {
    return this.lost === 0 ? '' : this.lastLost;
  }

  /** Appends one line, without its end. */
  write(line: string): void {
    try {
      if (this.lost > 0)
        this.append(`\n${noticeLine(`${this.lost} lines are missing here: the log could not be written`)}\n`);
      this.lost = 0;
      this.append(`${line}\n`);
    } catch (error) {
      this.close();
      if (this.lost === 0) this.told(errno(error) ?? String(error));
      this.lost += 1;
      this.lastLost = line;
    }
  }

  /** Appends a line of our own, which tells when what follows it was written. */
  note(message: string): void {
    this.write(noticeLine(message));
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private append(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    let file = this.file ?? this.open();
    if (this.size > 0 && this.size + bytes.length > this.bounds.bytes) {
      this.close();
      this.turn();
      file = this.open();
    }
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    this.size += bytes.length;
  }

  private open(): number {
    this.file = openSync(this.path, 'a');
    this.size = fstatSync(this.file).size;
    return this.file;
  }

  /** The oldest gives way to the one before it, and so on. */
  private turn(): void {
    for (let age = this.bounds.files - 1; age > 0; age -= 1) {
      try {
        renameSync(age === 1 ? this.path : `${this.path}.${age - 1}`, `${this.path}.${age}`);
      } catch (error) {
        // There are not so many yet.
        if (errno(error) !== 'ENOENT') throw error;
      }
    }
  }
}

const noticeLine = (msg: string): string => JSON.stringify({ time: new Date().toISOString(), level: 'info', msg });
