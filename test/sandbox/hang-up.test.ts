import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { startCounter } from './counter-sandbox';
import type { CounterSandbox } from './counter-sandbox';
import { eventually } from './http-caller';

let sandbox: CounterSandbox;
beforeEach(async () => {
  sandbox = await startCounter();
});
afterEach(() => sandbox.close());

const note = (key: string) => `POST /counter/note/${key} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`;

/** One connection that is kept, and all that came on it. */
async function kept() {
  const seen = { text: '', end: '' };
  const socket = await new Promise<Socket>((resolve) => {
    const opened: Socket = connect(Number(new URL(sandbox.origin).port), '127.0.0.1', () => resolve(opened));
  });
  socket.on('data', (bytes: Buffer) => {
    seen.text += bytes.toString('utf8');
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.end = error.code ?? error.message;
  });
  socket.on('end', () => {
    seen.end ||= 'end';
  });
  return { socket, seen };
}

const answers = (text: string) => text.match(/"says":"[^"]*"/g) ?? [];

it('hangs up after a whole answer that promises to keep the connection', async () => {
  await sandbox.fault({ fault: 'hang-up', after: 1 });
  const { socket, seen } = await kept();
  socket.write(note('A'));
  await eventually(() => answers(seen.text).length === 1 || undefined);
  expect(seen.end).toBe('');
  socket.write(note('B'));
  await eventually(() => seen.end || undefined);
  expect(seen.end).toBe('end');
  expect(answers(seen.text)).toEqual(['"says":"noted A"', '"says":"noted B"']);
  expect(seen.text.match(/Connection: keep-alive\r\nKeep-Alive: timeout=65\r\n/g)).toHaveLength(2);
  expect((await sandbox.calls()).map(({ outcome, fault }) => [outcome, fault])).toEqual([
    ['ok', null],
    ['ok', 'hang-up'],
  ]);
});

it('resets what is sent on a connection that is about to end, unread', async () => {
  await sandbox.fault({ fault: 'hang-up', ms: 60_000 });
  const { socket, seen } = await kept();
  socket.write(note('A'));
  await eventually(() => answers(seen.text).length === 1 || undefined);
  expect(seen.end).toBe('');
  socket.write(note('B'));
  await eventually(() => seen.end || undefined);
  expect([seen.end, sandbox.counter.noted]).toEqual(['ECONNRESET', ['A']]);
  expect(await sandbox.calls()).toHaveLength(1);
});

it('ends the connection after so many milliseconds if nothing more is sent', async () => {
  await sandbox.fault({ fault: 'hang-up', ms: 20 });
  const { socket, seen } = await kept();
  socket.write(note('A'));
  await eventually(() => seen.end || undefined);
  expect([seen.end, answers(seen.text)]).toEqual(['end', ['"says":"noted A"']]);
});
