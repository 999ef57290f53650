import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { TestWorkflowEnvironment } from '@temporalio/testing';

/** A worker on a way to Temporal that is cut as soon as it polls: what it then meets is the native core's to tell. */
const script = `
  const { connect, createServer } = require('node:net');
  const { NativeConnection, Worker } = require('@temporalio/worker');
  require('./worker/runtime').installRuntime('info');
  const [host, port] = process.argv[1].split(':');
  const sockets = [];
  const way = createServer((near) => {
    const far = connect(Number(port), host);
    for (const socket of [near, far]) { socket.on('error', () => undefined); sockets.push(socket); }
    near.pipe(far).pipe(near);
  });
  way.listen(0, '127.0.0.1', async () => {
    const connection = await NativeConnection.connect({ address: '127.0.0.1:' + way.address().port });
    const worker = await Worker.create({ connection, taskQueue: 'cut', activities: { async nothing() {} } });
    worker.run().catch(() => undefined);
    way.close();
    for (const socket of sockets) socket.destroy();
  });`;

it('tells what core meets through the same logger, and on standard error nothing', async () => {
  const temporal = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: process.env['TEMPORAL_CLI'] ?? '' } },
  });
  const worker = spawn(process.execPath, ['--import', 'tsx', '-e', script, temporal.address], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  worker.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = once(worker, 'exit');
  try {
    for await (const line of createInterface({ input: worker.stdout })) {
      const { level, sdkComponent }: { level: number; sdkComponent?: string } = JSON.parse(line);
      if (sdkComponent !== 'core') continue;
      expect(level).toBeGreaterThanOrEqual(40);
      break;
    }
    expect(said).toBe('');
    expect(worker.exitCode).toBeNull();
  } finally {
    worker.kill('SIGKILL');
    await ended;
    await temporal.teardown();
  }
}, 90_000);
