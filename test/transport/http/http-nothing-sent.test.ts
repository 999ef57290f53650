import { createServer, type AddressInfo } from 'node:net';
import { FailureType } from '../../../src/domain/case/failure-types';
import { send } from '../../../src/transport/http/http';
import { CANARY, errorOf, limits, requestTo, xml } from './attempt';
import { startFaultyServer, type FaultyServer } from './faulty-server';

let server: FaultyServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('nothing is sent', () => {
  const { VendorUnavailable } = FailureType;

  it.each([
    ['to a closed port', 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['to a name nobody has', 'http://vendor.invalid', 'ENOTFOUND'],
    ['to what is no URL', `claritum ${CANARY}`, 'BAD_ENDPOINT'],
    ['by another protocol', `ftp://${CANARY}`, 'BAD_ENDPOINT'],
    ['with credentials in the URL', `http://user:${CANARY}@127.0.0.1:1`, 'BAD_ENDPOINT'],
  ])('%s', async (_, url, code) => {
    const error = await errorOf(send(requestTo('', { url, limits: { ...limits, deadlineMs: 2_000, idleMs: 2_000 } })));
    expect(error.type).toBe(VendorUnavailable);
    // A machine without name service answers otherwise; it sends nothing either way.
    expect(code === 'ENOTFOUND' ? ['ENOTFOUND', 'EAI_AGAIN', 'DEADLINE', 'IDLE'] : [code]).toContain(error.code);
  });

  it('with headers HTTP cannot carry', async () => {
    server = await startFaultyServer(xml('<a/>'));
    const error = await errorOf(send(requestTo(server.origin, { headers: { 'x-token': `${CANARY}\n` } })));
    expect([error.type, error.code, server.connections()]).toEqual([VendorUnavailable, 'BAD_REQUEST', 0]);
  });

  it('over TLS to a server that speaks none', async () => {
    server = await startFaultyServer(xml('<a/>'));
    const error = await errorOf(send(requestTo(server.origin.replace('http:', 'https:'))));
    expect(error.type).toBe(VendorUnavailable);
    expect(server.requests).toHaveLength(0);
  });

  it('while a handshake hangs', async () => {
    const deaf = createServer((socket) => void socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as AddressInfo;
    const error = await errorOf(send(requestTo(`https://127.0.0.1:${port}`)));
    expect([error.type, error.code]).toEqual([VendorUnavailable, 'IDLE']);
    await new Promise((resolve) => deaf.close(resolve));
  });

  it('when the call is cancelled beforehand', async () => {
    server = await startFaultyServer(xml('<a/>'));
    const error = await errorOf(send(requestTo(server.origin, { options: { signal: AbortSignal.abort() } })));
    expect([error.type, error.code, server.connections()]).toEqual([VendorUnavailable, 'ABORTED', 0]);
  });

  it('when the send-by instant has passed', async () => {
    server = await startFaultyServer(xml('<a/>'));
    const error = await errorOf(send(requestTo(server.origin, { options: { sendBy: Date.now() - 1 } })));
    expect([error.type, error.code, server.connections()]).toEqual([VendorUnavailable, 'SEND_BY_PASSED', 0]);
  });

  it('when it passes while the connection is made', async () => {
    server = await startFaultyServer(xml('<a/>'));
    const clock = jest.spyOn(Date, 'now').mockReturnValueOnce(1_000).mockReturnValue(3_000);
    const error = await errorOf(send(requestTo(server.origin, { options: { sendBy: 2_000 } })));
    clock.mockRestore();
    expect([error.type, error.code]).toEqual([VendorUnavailable, 'SEND_BY_PASSED']);
    expect(server.requests).toHaveLength(0);
  });
});
