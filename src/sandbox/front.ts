import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { CallLedger } from './calls';
import type { CallLine } from './calls';
import { carryOut } from './carry-out';
import { FaultTable } from './faults';
import { Later } from './later';
import type { Memory } from './memory';
import { readBody, Unreadable } from './read-body';
import { Reply } from './reply';
import type { PreparedCall, VendorAnswer, VendorRequest, VendorSandbox } from './vendor';

/** What answers under `/_sandbox`. */
export interface FrontControl {
  handle(request: VendorRequest): VendorAnswer;
}

/** Takes what is worth a line in a log. */
export type SandboxLog = (level: 'debug' | 'error', members: object, message: string) => void;

/** A call whose effect is still to come: its caller is to give up first. */
interface Awaited {
  readonly vendor: string;
  readonly request: VendorRequest;
  /** Milliseconds from the caller's end until it takes effect. */
  readonly ms: number;
}

/** By the call's `n`. */
class AwaitedCalls {
  readonly calls = new Map<number, Awaited>();
}

/** A caller that was refused mid-upload may go on this long before it is cut: it would miss the answer otherwise. */
const DRAIN_MS = 2_000;

const MOST_DEFECTS = 100;

/** The name of what the front itself keeps. */
export const FRONT = 'front';

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
  private readonly awaited = new AwaitedCalls();
  private memory: Memory | undefined;
  private readonly server: Server;
  private control: FrontControl | undefined;
  private origin = '';
  /** Told of every call and of every defect. */
  log: SandboxLog = () => undefined;

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
    this.awaited.calls.clear();
  }

  /** What the front itself must not lose by a restart. */
  holders(): Readonly<Record<string, object>> {
    return { faults: this.faults, awaited: this.awaited };
  }

  /** From now on everything that changes is kept there. */
  keepIn(memory: Memory): void {
    this.memory = memory;
  }

  /** Keeps all there is in place of what was kept before. */
  begin(): void {
    this.memory?.begin();
  }

  /** Keeps whatever has changed. */
  keep(): void {
    this.memory?.keep();
  }

  /** Goes on after a restart: every caller of before is gone, so what waited for its caller's end waits no more. */
  resume(): void {
    this.faults.resume(this.calls.list());
    for (const [n, { vendor, request, ms }] of this.awaited.calls) {
      this.later.after(ms, () => this.takeEffect(n, vendor, request));
    }
  }

  private takeEffect(n: number, vendor: string, request: VendorRequest): void {
    const prepared = this.vendors.find((each) => each.vendor === vendor)?.prepare({ ...request, origin: this.origin });
    const line = this.calls.line(n);
    // Its session may have been voided meanwhile: then it takes no effect at all.
    if (prepared !== undefined && line !== undefined && 'commit' in prepared) {
      line.effects += prepared.commit().effects;
    }
    this.awaited.calls.delete(n);
    this.memory?.keep([vendor, FRONT], line);
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
    const text = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
    this.defects.push(text);
    this.log('error', { error: text }, 'the sandbox itself failed');
    if (this.defects.length > MOST_DEFECTS) this.defects.shift();
  }

  /** A list changes nothing, and may be long. */
  private keepCall(vendor: string, call: PreparedCall, line: CallLine): void {
    this.awaited.calls.delete(line.n);
    this.memory?.keep(call.distortList === undefined ? [vendor, FRONT] : [FRONT], line);
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
    if (fault?.fault === 'late') {
      this.awaited.calls.set(line.n, { vendor: owner.vendor, request, ms: fault.ms });
      this.memory?.keep([FRONT], line);
    }
    const keep = (): void => this.keepCall(owner.vendor, prepared, line);
    carryOut({ call: prepared, line, reply, later: this.later, askAgain, keep }, fault);
    this.memory?.keep([FRONT], line);
    this.log('debug', line, 'call');
  }
}
