/**
 * `npm run durability -- --matrix --process purchase-order [--part] [--cell "<operation> <fault> <mode>"] [--json]`:
 * every writing call and compensation × every fault, judged by an auditor that imports nothing of the product.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { temporalCli } from '../../src/cli/temporal-server';
import { readEnvironment } from '../../src/config';
import { cellsNamed, killCells, pairCells, plainCells, representativeCells, type Cell } from './cells';
import type { Judged } from './judged';
import { runMatrix } from './matrix';
import { page, type Outcome } from './report';

const WRONG = 1;
const WRONG_USE = 2;
const DEFAULTS = { seed: '1', lanes: '2', 'in-flight': '24' } as const;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      matrix: { type: 'boolean' },
      process: { type: 'string', default: 'purchase-order' },
      part: { type: 'boolean', default: false },
      cell: { type: 'string', multiple: true },
      seed: { type: 'string', default: DEFAULTS.seed },
      lanes: { type: 'string', default: DEFAULTS.lanes },
      'in-flight': { type: 'string', default: DEFAULTS['in-flight'] },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.process !== 'purchase-order') {
    say(`no matrix for '${values.process}'; there is: purchase-order`);
    return WRONG_USE;
  }
  const cells = chosen(values.cell, values.part);
  const outcome = await run(cells, Number(values.seed), Number(values.lanes), Number(values['in-flight']));
  const isWhole = values.cell === undefined && !values.part;
  if (isWhole) writeFileSync(resolve(__dirname, '../../docs/durability.md'), page(outcome));
  if (values.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  return conclude(outcome);
}

function chosen(names: readonly string[] | undefined, isPart: boolean): readonly Cell[] {
  if (names !== undefined) return [...new Set(names.flatMap(cellsNamed))];
  return isPart ? representativeCells : [...plainCells, ...pairCells, ...killCells];
}

async function run(cells: readonly Cell[], seed: number, lanes: number, inFlight: number): Promise<Outcome> {
  const startedAt = Date.now();
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const { path: cli } = await temporalCli(readEnvironment(), say);
  const directory = mkdtempSync(join(tmpdir(), 'waybill-durability-bundle-'));
  const codePath = join(directory, 'workflow-bundle.js');
  const workflowsPath = require.resolve('../../workflows');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  writeFileSync(codePath, code);
  say(`${cells.length} cells, seed ${seed}, ${lanes} lanes of ${inFlight} orders`);
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1000);
  const onJudged = ({ results, ofRun }: Judged, left: number): void => {
    for (const { end, name, why } of results) if (end === 'WRONG') complain(name, why, seed);
    for (const { invariant, what } of ofRun) say(`WRONG ${invariant}: ${what}`);
    say(`${String(seconds()).padStart(5)} s  ${results.length} cells ended, ${left} left`);
  };
  try {
    const all = await runMatrix({ cells, cli, codePath, seed, lanes, inFlight, onJudged });
    return {
      seed,
      seconds: seconds(),
      cores: cpus().length,
      results: all.flatMap(({ results }) => results),
      ofRun: all.flatMap(({ ofRun }) => ofRun),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function complain(name: string, why: readonly string[], seed: number): void {
  say(`WRONG ${name}`);
  for (const reason of why) say(`      ${reason}`);
  say(`      alone: npm run durability -- --process purchase-order --seed ${seed} --cell "${name}"`);
}

function conclude({ results, ofRun, seconds }: Outcome): number {
  const count = (end: string): number => results.filter((result) => result.end === end).length;
  const wrong = count('WRONG');
  say(
    `${results.length} cells in ${seconds} s: ${count('right')} right, ${count('decision')} decided by a human who was told the truth, ` +
      `${count('reported')} beyond any promise and reported, ${wrong} WRONG; ${ofRun.length} complaints of the run`,
  );
  return wrong + ofRun.length > 0 ? WRONG : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(error instanceof RangeError ? WRONG_USE : WRONG);
  },
);
