import { connect, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Binds and lets go of a port; 0 is any free one. Undefined where it is taken. */
const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });

export const isFree = async (port: number): Promise<boolean> => (await tryPort(port)) !== undefined;

/** `wanted` where it is free, else any free port of the loopback interface. */
export async function freePort(wanted: number): Promise<number> {
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port === undefined) throw new Error('no port is free on the loopback interface');
  return port;
}

/** Whether something listens there. */
export const accepts = (port: number, host: string = LOOPBACK): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
