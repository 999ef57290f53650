import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CallLedger } from './calls';
import { carryOut } from './carry-out';
import { FaultTable } from './faults';
import { Later } from './later';
import { readBody, Unreadable } from './read-body';
import { Reply } from './reply';
import type { VendorAnswer, VendorRequest, VendorSandbox } from './vendor';

/** What answers under `/_sandbox`. */
export interface FrontControl {
  handle(request: VendorRequest): VendorAnswer;
}

/** A caller that was refused mid-upload may go on this long before it is cut: it would miss the answer otherwise. */
const DRAIN_MS = 2_000;

const MOST_DEFECTS = 100;

const plain = (status: number, text: string): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${text}\n`,
});

/** Without `URL`: it throws on request lines such as `POST //[`. An absolute-form target loses its authority. */
function splitTarget(target: string): { path: string; query: string } {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  return mark < 0 ? { path: local, query: '' } : { path: local.slice(0, mark), query: local.slice(mark + 1) };
}

/**
 * The one HTTP server of the sandbox, on the loopback only. It reads each request whole, hands it to the vendor that
 * owns the path, lets faults fall before or after the effect, and writes the ledger's `calls`.
 */
export class SandboxFront {
  readonly calls = new CallLedger();
  readonly faults: FaultTable;
  /** What went wrong inside the sandbox itself; shown by `/_sandbox/health`, for a sandbox that errs proves nothing. */
  readonly defects: string[] = [];
  private later = this.newLater();
  private readonly server: Server;
  private control: FrontControl | undefined;
  private origin = '';

  constructor(
    private readonly vendors: readonly VendorSandbox[],
    faultTargets: readonly string[] = vendors.map(({ vendor }) => vendor),
  ) {
    this.faults = new FaultTable(faultTargets);
    const options = {
      maxHeaderSize: 32 * 1024,
      requestTimeout: 60_000,
      headersTimeout: 10_000,
      keepAliveTimeout: 65_000,
    };
    this.server = createServer(options, (request, response) => void this.serve(request, response));
    this.server.on('clientError', (_, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      else socket.destroy();
    });
  }

  /** Opens `/_sandbox`; without this it is 404 like any unknown path. */
  openControl(control: FrontControl): void {
    this.control = control;
  }

  /**
   * @param port 0 for any free one
   * @returns the port
   * @throws the listen error as Node gives it (`EADDRINUSE`, `EACCES`)
   */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    const address = this.server.address();
    const actual = typeof address === 'object' && address !== null ? address.port : port;
    this.origin = `http://127.0.0.1:${actual}`;
    return actual;
  }

  /** Forgets calls and faults, and calls off what was still to take effect. */
  reset(): void {
    this.later.end();
    this.later = this.newLater();
    this.faults.reset();
    this.calls.clear();
  }

  /** Ends every connection, also those that wait for an answer that never comes. */
  async close(): Promise<void> {
    this.later.end();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  /** Notes an error of the sandbox itself. */
  report(defect: unknown): void {
    this.defects.push(defect instanceof Error ? (defect.stack ?? defect.message) : String(defect));
    if (this.defects.length > MOST_DEFECTS) this.defects.shift();
  }

  private newLater(): Later {
    return new Later((defect) => this.report(defect));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = new Reply(request, response);
    if (reply.isEnding) {
      reply.reset();
      return;
    }
    // A write to a caller that hung up is the caller's end, not ours; unhandled it would end the process.
    request.on('error', () => reply.cut());
    response.on('error', () => reply.cut());
    try {
      const body = await readBody(request);
      this.answer({ ...this.described(request), body }, reply);
    } catch (error) {
      if (error instanceof Unreadable) {
        reply.answerAndClose(plain(error.status, error.message), this.later, DRAIN_MS);
      } else if (request.complete) {
        this.report(error);
        reply.answer(plain(500, 'The sandbox itself failed; see /_sandbox/health.'));
      } else reply.cut();
    }
  }

  private described(request: IncomingMessage): Omit<VendorRequest, 'body'> {
    const target = splitTarget(request.url ?? '/');
    return { method: request.method ?? 'GET', headers: request.headers, origin: this.origin, ...target };
  }

  private answer(request: VendorRequest, reply: Reply): void {
    if (/^\/_sandbox(\/|$)/.test(request.path)) {
      reply.answer(this.control?.handle(request) ?? plain(404, 'Not found.'));
      return;
    }
    const owner = this.vendors.find((vendor) => vendor.owns(request.path));
    if (owner === undefined) {
      reply.answer(plain(404, 'No vendor of this sandbox answers here.'));
      return;
    }
    const prepared = owner.prepare(request);
    if ('answer' in prepared) {
      reply.answer(prepared.answer);
      return;
    }
    const line = this.calls.open({ vendor: owner.vendor, operation: prepared.operation, key: prepared.key });
    const fault = this.faults.choose(owner.vendor, prepared, request.body);
    const askAgain = () => owner.prepare(request);
    carryOut({ call: prepared, line, reply, later: this.later, askAgain }, fault);
  }
}
