/** One process of the measurement: the vendor, the reader, or one that does nothing beside it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { isyncLogin, largeReads } from './answers';
import { type Held, isOrder, type Told } from './messages';

const MIB = 1 << 20;
/** Bytes of the answer before the one that is measured. */
const WARM_UP = 20_000;
/** Finer than what is looked for; the clock of the loop is read so often. */
const RESOLUTION_MS = 2;

const tell = (told: Told): void => void process.send?.(told);
const named = (operation: string) => {
  const found = largeReads.find((each) => each.operation === operation);
  if (found === undefined) throw new Error(`no operation ${operation}`);
  return found;
};

const milliseconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
const heldBy = (delay: IntervalHistogram): Held => ({
  usual: milliseconds(delay.percentile(50)),
  rare: milliseconds(delay.percentile(99.9)),
  longest: milliseconds(delay.max),
});

function serve(operation: string): void {
  const { mebibytes, contentType, answer } = named(operation);
  const text = Buffer.from(answer(mebibytes * MIB));
  let isWarm = false;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      response.writeHead(200, { 'content-type': contentType });
      const isLogin = /<(?:\w+:)?Login\b/.test(body);
      response.end(isLogin ? isyncLogin : isWarm ? text : answer(WARM_UP));
      isWarm ||= !isLogin;
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    tell({ is: 'serving', origin: `http://127.0.0.1:${port}`, bytes: text.length });
  });
}

/** After one small answer, so that what every process does once is done; the thread that reads is started with the large one. */
async function read(operation: string, origin: string): Promise<void> {
  const { call } = named(operation);
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  // Whatever a small answer ends as: a list of files has none.
  await call(origin).catch(() => undefined);
  await setTimeout(500);
  const before = process.memoryUsage.rss();
  tell({ is: 'begun' });
  delay.enable();
  const start = performance.now();
  const { user, system } = process.cpuUsage();
  const found = await call(origin);
  const cpu = process.cpuUsage();
  const took = performance.now() - start;
  // What was held over the end shows in the next tick.
  await setTimeout(50);
  delay.disable();
  tell({
    is: 'read',
    records: found,
    seconds: took / 1_000,
    processorSeconds: (cpu.user - user + cpu.system - system) / 1e6,
    restingMebibytes: before / MIB,
    mostMebibytes: process.resourceUsage().maxRSS / 1_024,
    held: heldBy(delay),
  });
}

function idle(): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  process.on('message', (order) => {
    if (order === 'begin') delay.enable();
    else {
      delay.disable();
      tell({ is: 'idled', held: heldBy(delay) });
    }
  });
  tell({ is: 'idle' });
}

process.once('message', (order: unknown) => {
  if (!isOrder(order)) throw new TypeError('no order');
  if (order.as === 'vendor') serve(order.operation);
  else if (order.as === 'idle') idle();
  else {
    read(order.operation, order.origin).then(
      () => process.disconnect(),
      (error: unknown) => {
        tell({ is: 'failed', reason: error instanceof Error ? error.message : String(error) });
        process.disconnect();
      },
    );
  }
});
