/** `npm run bench`: what an order costs, compared with a floor on the same server. Usage in options.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { onStopRequest } from '../../src/local/stop-request';
import { figuresOf } from './figures';
import { floor } from './floor';
import { type Options, readOptions, USAGE, WrongUse } from './options';
import { measureFeed } from './feed/measure';
import { feedFigures, feedReport } from './feed/report';
import { ours, pollInterval } from './ours';
import { race } from './race';
import { measureReading } from './reading/measure';
import { readingReport } from './reading/report';
import { report, resultOf, summary } from './report';
import type { Round, WeighedRound } from './rounds';
import { breakGround, type Ground, openStand, type Stand } from './stand';
import { weigh } from './waiting';

const FAILED = 1;
const WRONG_USE = 2;
const INTERRUPTED = 130;

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Floor and ours in turns; a first run of ours, not counted, gives the floor what it repeats. */
async function runRaces(stand: Stand, { orders, runs }: Options): Promise<Round[]> {
  const rounds: Round[] = [];
  let { recorded } = (await race(stand, ours('through'), orders, 'recording')).histories;
  for (let run = 1; run <= runs; run += 1) {
    const floorRace = await race(stand, floor(recorded), orders, `floor, run ${run} of ${runs}`);
    const oursRace = await race(stand, ours('through'), orders, `ours, run ${run} of ${runs}`);
    ({ recorded } = oursRace.histories);
    rounds.push({ floor: floorRace, ours: oursRace });
  }
  return rounds;
}

async function runWeighings(stand: Stand, { waiting, runs }: Options): Promise<WeighedRound[]> {
  const rounds: WeighedRound[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const oursWeighed = await weigh(stand, ours('approval'), waiting, `ours waiting, run ${run} of ${runs}`);
    const bare = floor(oursWeighed.recorded);
    rounds.push({
      ours: oursWeighed,
      floor: await weigh(stand, bare, waiting, `floor waiting, run ${run} of ${runs}`),
    });
  }
  return rounds;
}

/** @throws where the file of an earlier run cannot be read */
async function weighings(stand: Stand, options: Options): Promise<readonly WeighedRound[]> {
  if (options.weighed !== null) return JSON.parse(readFileSync(options.weighed, 'utf8')) as WeighedRound[];
  return options.only === 'speed' ? [] : runWeighings(stand, options);
}

async function measure(ground: Ground, options: Options): Promise<void> {
  const stand = await openStand(ground, { say, pollEvery: options.pollEvery });
  const rounds = options.only === 'memory' ? [] : await runRaces(stand, options);
  const weighed = await weighings(stand, options);
  if (options.keep !== null) writeFileSync(options.keep, JSON.stringify(weighed));
  const result = resultOf(options, rounds, weighed, figuresOf(rounds, weighed));
  print(options.json ? JSON.stringify(result, null, 2) : summary(result));
  if (options.out !== null) await writeReport(options.out, report(result));
}

async function writeReport(file: string, text: string): Promise<void> {
  const config = await resolveConfig(file);
  writeFileSync(file, await format(text, { ...config, parser: 'markdown' }));
  say(`written to ${file}`);
}

/** Needs neither Temporal nor a worker. */
async function measureLargeAnswers({ json, out }: Options): Promise<number> {
  const measurement = await measureReading(say);
  const text = readingReport(measurement, new Date());
  print(json ? JSON.stringify(measurement, null, 2) : text);
  if (out !== null) await writeReport(out, text);
  return 0;
}

async function measureFeeds(ground: Ground, { waiting, seconds, pollEvery, json, out }: Options): Promise<void> {
  const stand = await openStand(ground, { say, pollEvery, isOnDisk: true });
  const measurement = await measureFeed(stand, { waiting, seconds, every: pollInterval(stand) });
  const text = feedReport(measurement, new Date());
  print(json ? JSON.stringify({ ...measurement, figures: feedFigures(measurement) }, null, 2) : text);
  if (out !== null) await writeReport(out, text);
}

/** @returns the exit code */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    print(USAGE);
    return 0;
  }
  if (options.only === 'reading') return measureLargeAnswers(options);
  const ground = breakGround();
  const stop = onStopRequest();
  try {
    const measuring = options.only === 'feed' ? measureFeeds(ground, options) : measure(ground, options);
    // What breaks after Ctrl-C is the stopping itself.
    measuring.catch(() => undefined);
    await Promise.race([measuring, stop.made]);
    return stop.requested() ? INTERRUPTED : 0;
  } finally {
    if (stop.requested()) say('stopping …');
    await ground.clear();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(
      error instanceof WrongUse
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    process.exit(error instanceof WrongUse ? WRONG_USE : FAILED);
  },
);
