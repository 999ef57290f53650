import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { VendorAnswer, VendorRequest, VendorSandbox } from '../../src/sandbox/vendor';

/** What an answering function may do: answer, cut the connection, or say nothing at all. */
export type Reaction = VendorAnswer | 'cut' | 'silence';

export interface Served {
  readonly origin: string;
  /** Every request as it arrived. */
  readonly requests: readonly VendorRequest[];
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** A vendor's HTTP side with nothing behind it but `react`: the bytes on the wire are real. */
export async function serve(react: (request: VendorRequest) => Reaction | Promise<Reaction>): Promise<Served> {
  const requests: VendorRequest[] = [];
  let origin = '';
  const server = createServer((incoming, outgoing) => {
    const answered = async (): Promise<void> => {
      const { pathname, search } = new URL(incoming.url ?? '/', origin);
      const { method = '', headers } = incoming;
      const body = await bodyOf(incoming);
      const request = { method, path: pathname, query: search.slice(1), headers, body, origin };
      requests.push(request);
      const reaction = await react(request);
      if (reaction === 'silence') return;
      if (reaction === 'cut') outgoing.destroy();
      else outgoing.writeHead(reaction.status, reaction.headers).end(reaction.body);
    };
    answered().catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One vendor's sandbox over HTTP, without the front's faults and ledger of calls. */
export function serveSandbox(sandbox: VendorSandbox): Promise<Served> {
  return serve((request) => {
    const prepared = sandbox.prepare(request);
    return 'answer' in prepared ? prepared.answer : prepared.commit().answer;
  });
}
