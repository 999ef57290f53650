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
/** @type {(options: object) => void} */
const gc = runInNewContext('gc');
const channel = new BroadcastChannel('collect-garbage');
channel.unref();

/**
 * As thoroughly as V8 offers: what the first pass finalises, the second frees.
 * @returns bytes this thread's heap uses then
 */
function collect() {
  for (let pass = 0; pass < 2; pass += 1) gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return getHeapStatistics().used_heap_size;
}

const HERE = 'a thread is here';
const COLLECT = 'collect';

function answerInThread() {
  channel.onmessage = ({ data }) => {
    if (data === COLLECT) channel.postMessage(collect());
  };
  channel.postMessage(HERE);
}

function answerInMain() {
  let threads = 0;
  /** @type {number[]} */
  let heaps = [];
  const report = () => {
    if (heaps.length <= threads) return;
    const file = process.env['WAYBILL_BENCH_MEMORY'];
    if (file === undefined) return;
    const heapBytes = heaps.reduce((sum, bytes) => sum + bytes, 0);
    writeFileSync(`${file}.part`, JSON.stringify({ heapBytes, residentBytes: process.memoryUsage.rss() }));
    renameSync(`${file}.part`, file);
  };
  channel.onmessage = ({ data }) => {
    if (data === HERE) threads += 1;
    if (typeof data !== 'number') return;
    heaps.push(data);
    report();
  };
  process.on('SIGUSR2', () => {
    heaps = [collect()];
    channel.postMessage(COLLECT);
    report();
  });
}

if (isMainThread) answerInMain();
else answerInThread();
