import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { asRequestId } from './request-id';
import { causeOf } from './cause';
import { callError } from './failure';
import type { HttpRequest, ReadAnswer } from './http';
import { ReaderLost } from '../reading/reader';
import type { Body } from '../reading/reading';
import { hiding } from '../formats/secrets';
import { UnreadableText } from '../formats/unreadable-text';
import { retryAfterMs, type Evidence, type ExchangeEnd } from './outcome';

/** TLS sockets whose handshake is done. A reused socket emits no `secureConnect` again. */
const established = new WeakSet<Socket>();

/** Reads the body of an answer. Stops when the signal aborts. */
export type Digest<T> = (body: Body, signal: AbortSignal) => Promise<T>;

/** One request and its answer. The deadline of the call covers reading the answer too. */
export class Exchange<T> {
  readonly #request: HttpRequest;
  readonly #open: (headers: Record<string, string>) => ClientRequest;
  readonly #digest: Digest<T>;
  readonly #digestion = new AbortController();
  readonly #body: Buffer;
  readonly #deadlineMs: number;
  readonly #abort = (): void => this.#fail('aborted', 'ABORTED', 'the call was cancelled');
  #resolve: (answer: ReadAnswer<T>) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  #settled = false;
  #phase: Evidence['phase'] = 'not-sent';
  #client: ClientRequest | undefined;
  #response: IncomingMessage | undefined;
  /** Whether all bytes arrived. From then on a broken connection is no failure. */
  #isWhole = false;
  #written = 0;
  #deadline: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  /** @param open makes the request without sending anything */
  constructor(request: HttpRequest, open: (headers: Record<string, string>) => ClientRequest, digest: Digest<T>) {
    this.#request = request;
    this.#open = open;
    this.#digest = digest;
    this.#body = Buffer.from(request.body ?? '', 'utf8');
    this.#deadlineMs = request.options.deadlineMs ?? request.limits.deadlineMs;
  }

  async run(): Promise<ReadAnswer<T>> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#start();
    });
  }

  #start(): void {
    const { signal } = this.#request.options;
    if (signal?.aborted === true) return this.#abort();
    if (this.#isExpired()) return this.#expire();
    signal?.addEventListener('abort', this.#abort, { once: true });
    this.#deadline = setTimeout(
      () => this.#fail('deadline', 'DEADLINE', `timed out: no complete answer within ${this.#deadlineMs} ms`),
      this.#deadlineMs,
    );
    this.#active();
    try {
      this.#client = this.#open(this.#headers());
    } catch {
      // Node quotes the offending header or path in its error.
      return this.#fail(
        'unreachable',
        'BAD_REQUEST',
        'a header or the path of the request holds characters that HTTP does not allow',
      );
    }
    this.#client.on('error', (error: NodeJS.ErrnoException) => this.#broken(error));
    this.#client.on('close', () => this.#broken({ code: 'CLOSED' }));
    this.#client.once('socket', (socket) => this.#whenConnected(socket));
    this.#client.once('response', (response) => this.#answered(response));
  }

  #headers(): Record<string, string> {
    const length = this.#request.method === 'POST' ? { 'content-length': String(this.#body.length) } : {};
    return { ...this.#request.headers, 'accept-encoding': 'identity', ...length };
  }

  #whenConnected(socket: Socket): void {
    const isTls = socket instanceof TLSSocket;
    if (isTls ? established.has(socket) : !socket.connecting) return this.#transmit(socket);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      established.add(socket);
      this.#transmit(socket);
    });
  }

  #transmit(socket: Socket): void {
    if (this.#settled || this.#client === undefined) return;
    if (this.#isExpired()) return this.#expire();
    if (socket.destroyed || !socket.writable) return this.#broken({ code: 'CLOSED' });
    this.#written = socket.bytesWritten;
    this.#phase = 'sent';
    this.#client.end(this.#body);
    this.#active();
  }

  #isExpired(): boolean {
    const { sendBy } = this.#request.options;
    return sendBy !== undefined && Date.now() > sendBy;
  }

  #expire(): void {
    this.#fail('expired', 'SEND_BY_PASSED', 'the time by which it had to be sent has passed');
  }

  #answered(response: IncomingMessage): void {
    this.#response = response;
    this.#active();
    const refusal = this.#unacceptable(response);
    if (refusal !== undefined) return this.#fail(...refusal);
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      if (this.#settled) return;
      this.#active();
      size += chunk.length;
      if (size > this.#request.limits.maxBytes) return this.#tooLarge();
      chunks.push(chunk);
    });
    response.on('error', () => this.#truncated());
    response.on('aborted', () => this.#truncated());
    response.on('end', () => (response.complete ? this.#read(chunks) : this.#truncated()));
  }

  /** What can be refused without reading a byte of the body. */
  #unacceptable(response: IncomingMessage): [ExchangeEnd, string, string] | undefined {
    const status = response.statusCode ?? 0;
    const encoding = response.headers['content-encoding'] ?? 'identity';
    const isReadable = this.#request.readableStatuses.includes(status);
    if (!isReadable || !this.#request.contentTypes.test(response.headers['content-type'] ?? '')) {
      return isReadable && status < 300
        ? ['answered', 'BAD_CONTENT_TYPE', 'the Content-Type of the answer is not one that the vendor documents']
        : ['answered', `HTTP_${status}`, `HTTP ${status}`];
    }
    if (encoding.toLowerCase() !== 'identity') {
      return ['unacceptable', 'UNEXPECTED_ENCODING', 'the answer is compressed, which the request declined'];
    }
    return undefined;
  }

  #tooLarge(): void {
    this.#fail('unacceptable', 'TOO_LARGE', `the answer is larger than ${this.#request.limits.maxBytes} bytes`);
  }

  #truncated(): void {
    this.#fail('truncated', 'TRUNCATED', 'the connection closed before the answer was complete');
  }

  #read(chunks: readonly Buffer[]): void {
    const response = this.#response;
    if (this.#settled || response === undefined) return;
    this.#isWhole = true;
    clearTimeout(this.#idle);
    const { statusCode: status = 0, headers } = response;
    const contentType = headers['content-type'] ?? '';
    this.#digest({ chunks, contentType }, this.#digestion.signal).then(
      (content) => {
        if (this.#settled) return;
        this.#settle();
        this.#resolve({ status, headers, content, contentType, requestId: this.#requestIdOf(response) });
      },
      (error: unknown) => this.#indigestible(error),
    );
  }

  #indigestible(error: unknown): void {
    if (!(error instanceof UnreadableText)) {
      const code = error instanceof ReaderLost ? error.code : 'READER_DIED';
      // The answer is not judged. A read is retried; the outcome of a write is unknown.
      return this.#fail('aborted', code, 'the answer arrived, but Waybill stopped reading it');
    }
    const { code } = error;
    if (code === 'BAD_CHARSET')
      return this.#fail('unacceptable', code, 'the answer is not in the charset that it declares');
    if (code === 'EMPTY') return this.#fail('answered', code, 'the answer is empty');
    this.#fail('answered', code, `the answer is not what the vendor documents (${code})`);
  }

  /** The connection failed, before or after the first byte. */
  #broken(error: { readonly code?: string | undefined }): void {
    if (this.#isWhole) return;
    const code = /^[A-Z][A-Z0-9_]{2,50}$/.test(error.code ?? '') ? (error.code ?? '') : 'ERROR';
    if (this.#phase === 'not-sent') return this.#fail('unreachable', code, `${causeOf(code)} (${code})`);
    if (this.#response !== undefined) return this.#truncated();
    if (code.startsWith('HPE_')) return this.#fail('reset', 'NOT_HTTP', 'the answer is not HTTP');
    const isReused = this.#client?.reusedSocket === true;
    this.#fail('reset', isReused ? 'RESET_REUSED' : 'RESET', 'connection reset before an answer arrived');
  }

  /** Restarts the idle clock. */
  #active(): void {
    if (this.#settled) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#quiet(), this.#request.limits.idleMs);
  }

  /** Bytes sent since the last check count as activity: a long upload is not idle. */
  #quiet(): void {
    const written = this.#client?.socket?.bytesWritten ?? 0;
    if (this.#phase === 'sent' && written > this.#written && this.#client?.writableFinished === false) {
      this.#written = written;
      return this.#active();
    }
    this.#fail('idle', 'IDLE', `timed out: no data for ${this.#request.limits.idleMs} ms`);
  }

  #fail(ending: ExchangeEnd, code: string, reason: string): void {
    if (this.#settled) return;
    this.#settle();
    const response = this.#response;
    const status = response?.statusCode;
    if (!this.#isWhole) this.#client?.destroy();
    this.#reject(
      callError(
        this.#request,
        { phase: this.#phase, ending, verdict: 'unread', ...(status === undefined ? {} : { status }) },
        {
          code,
          reason,
          requestId: response && this.#requestIdOf(response),
          retryAfterMs: response && retryAfterMs(response.headers['retry-after'], Date.now()),
        },
      ),
    );
  }

  /** A proxy may build the id from the path or a header, which can hold a secret. */
  #requestIdOf({ headers }: IncomingMessage): string | undefined {
    const id = asRequestId(headers['x-request-id'] ?? headers['request-id'] ?? headers['x-correlation-id']);
    return id === undefined || hiding(this.#request.secrets)(id) === id ? id : undefined;
  }

  #settle(): void {
    this.#settled = true;
    clearTimeout(this.#deadline);
    clearTimeout(this.#idle);
    this.#digestion.abort();
    this.#request.options.signal?.removeEventListener('abort', this.#abort);
  }
}
