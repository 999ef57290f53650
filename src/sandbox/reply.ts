import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Later } from './later';
import type { VendorAnswer } from './vendor';

/** A body is trickled byte by byte up to here; the rest of a large list follows whole, or it would take minutes. */
const TRICKLED_BYTES = 2_000;

/** Connections that end without a word: what comes on them once they were answered is not read. */
const ending = new WeakSet<Socket>();

/** The way back to one caller, who may be gone at any moment; nothing here throws when that is so. */
export class Reply {
  private given = false;
  private readonly whenGivenUp: (() => void)[] = [];

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    response.on('close', () => this.closed());
  }

  /** Whether the caller's connection still stands. */
  get isOpen(): boolean {
    return !this.response.destroyed && !this.response.writableEnded;
  }

  /** @returns whether anyone still listened */
  answer({ status, headers, body }: VendorAnswer): boolean {
    if (!this.isOpen) return false;
    const bytes = Buffer.from(body, 'utf8');
    this.response.writeHead(status, { ...headers, 'content-length': bytes.length });
    this.response.end(bytes);
    return true;
  }

  /**
   * Answers a caller that may still be sending, and closes: the connection stays up until it has sent all or `drainMs`
   * are over, because an end while bytes come in is a reset that can swallow the answer.
   */
  answerAndClose({ status, headers, body }: VendorAnswer, later: Later, drainMs: number): void {
    if (!this.isOpen) return;
    const bytes = Buffer.from(body, 'utf8');
    this.response.writeHead(status, { ...headers, 'content-length': bytes.length, connection: 'close' });
    this.response.write(bytes);
    const callOff = later.after(drainMs, () => this.cut());
    this.response.once('close', callOff);
    if (this.request.complete) this.response.end();
    else this.request.once('end', () => this.response.end()).resume();
  }

  /** Whether the connection was to end after an answer before this request. */
  get isEnding(): boolean {
    return ending.has(this.request.socket);
  }

  /**
   * Answers like {@link answer}, and ends the connection `ms` after the answer has left. Nothing in the answer says so:
   * to its caller the connection is as good as any that is kept.
   * @returns whether anyone still listened
   */
  answerAndHangUp(answer: VendorAnswer, later: Later, ms: number): boolean {
    const { socket } = this.request;
    this.response.once('finish', () => {
      if (ms === 0) socket.destroySoon();
      else later.after(ms, () => socket.destroySoon());
    });
    ending.add(socket);
    return this.answer(answer);
  }

  /** Headers, then one byte at a time. @param done told at the end whether the caller stayed for all of it */
  trickle({ status, headers, body }: VendorAnswer, done: (heard: boolean) => void): void {
    if (!this.isOpen) {
      done(false);
      return;
    }
    const bytes = Buffer.from(body, 'utf8');
    this.request.socket.setNoDelay(true);
    this.response.writeHead(status, { ...headers, 'content-length': bytes.length });
    const next = (at: number): void => {
      if (!this.isOpen) return done(false);
      if (at >= Math.min(bytes.length, TRICKLED_BYTES)) {
        this.response.end(bytes.subarray(at));
        return done(true);
      }
      this.response.write(bytes.subarray(at, at + 1));
      setImmediate(next, at + 1);
      return undefined;
    };
    next(0);
  }

  /** Ends the connection with a reset, as a host that refuses to talk. */
  reset(): void {
    this.request.socket.resetAndDestroy();
  }

  /** Ends the connection without an answer. */
  cut(): void {
    this.request.socket.destroy();
  }

  /**
   * Runs `action` once the caller has given up waiting. A caller with no patience limit of its own is hung up on after
   * `patienceMs`, so that what should come late does come.
   */
  onGivenUp(later: Later, patienceMs: number, action: () => void): void {
    if (this.given) {
      action();
      return;
    }
    const callOff = later.after(patienceMs, () => this.cut());
    this.whenGivenUp.push(() => {
      callOff();
      action();
    });
  }

  private closed(): void {
    this.given = true;
    for (const action of this.whenGivenUp.splice(0)) action();
  }
}
