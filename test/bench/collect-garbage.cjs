/**
 * Preloaded into a worker whose memory is measured, and with that into each of its threads: at SIGUSR2 all of them
 * collect their garbage, then the main thread writes what the process holds to `WAYBILL_BENCH_MEMORY`.
 * Plain JavaScript, because the loader of TypeScript does not reach into a process's further threads.
 */
'use strict';
const { renameSync, writeFileSync } = require('node:fs');
const { getHeapStatistics, setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { BroadcastChannel, isMainThread } = require('node:worker_threads');

setFlagsFromString('--expose-gc');
/** @type {(options: object) => Promise<void>} */
const gc = runInNewContext('gc');
const channel = new BroadcastChannel('collect-garbage');
channel.unref();

const PASSES = 4;

/**
 * Each pass from an empty stack, which alone lets V8 see that what the last task held is free; what one pass finalises,
 * the next one frees.
 *
 * @returns {Promise<{ used: number, free: number }>} bytes of this thread's heap then: in use, and resident without use
 */
async function collect() {
  for (let pass = 0; pass < PASSES; pass += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await gc({ type: 'major', execution: 'async', flavor: 'last-resort' });
  }
  const { used_heap_size: used, total_physical_size: resident } = getHeapStatistics();
  return { used, free: resident - used };
}

const HERE = 'a thread is here';
const COLLECT = 'collect';

function answerInThread() {
  channel.onmessage = ({ data }) => {
    if (data === COLLECT) void collect().then((heap) => channel.postMessage(heap));
  };
  channel.postMessage(HERE);
}

function answerInMain() {
  let threads = 0;
  /** @type {{ used: number, free: number }[]} */
  let heaps = [];
  const report = () => {
    if (heaps.length <= threads) return;
    const file = process.env['WAYBILL_BENCH_MEMORY'];
    if (file === undefined) return;
    const heapBytes = heaps.reduce((sum, { used }) => sum + used, 0);
    const residentBytes = process.memoryUsage.rss();
    const heldBytes = residentBytes - heaps.reduce((sum, { free }) => sum + free, 0);
    writeFileSync(`${file}.part`, JSON.stringify({ heapBytes, heldBytes, residentBytes }));
    renameSync(`${file}.part`, file);
  };
  channel.onmessage = ({ data }) => {
    if (data === HERE) threads += 1;
    if (typeof data !== 'object') return;
    heaps.push(data);
    report();
  };
  process.on('SIGUSR2', () => {
    heaps = [];
    channel.postMessage(COLLECT);
    void collect().then((heap) => {
      heaps.push(heap);
      report();
    });
  });
}

if (isMainThread) answerInMain();
else answerInThread();
