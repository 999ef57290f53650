import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request, well or badly; the body has been read. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** A server on a free port that does what it is told, and counts what reached it. */
export interface FaultyServer {
  readonly origin: string;
  /** Requests read whole, with their bodies. */
  readonly requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  readonly connections: () => number;
  /** Resolves when the next connection is closed, by either side. */
  readonly nextClose: () => Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyServer(behave: Behaviour): Promise<FaultyServer> {
  const requests: FaultyServer['requests'] = [];
  const waiting: (() => void)[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      behave(response, request);
    });
  });
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.splice(0).forEach((resume) => resume()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    nextClose: async () => new Promise((resolve) => waiting.push(resolve)),
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
