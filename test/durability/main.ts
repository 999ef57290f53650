/**
 * `npm run durability -- --matrix [--full] [--cell "<operation> <fault> <mode>"] [--list] [--json]`: writing calls and
 * compensations × faults, and changes of mind, judged by an auditor that imports nothing of the product.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { bundleWorkflowCode, DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { temporalCli } from '../../src/local/temporal-server';
import { readEnvironment } from '../../src/config';
import { allCells, cellsNamed, type Cell } from './cells';
import type { Judged } from './judged';
import { runMatrix } from './matrix';
import { contractCells, contractSequences, MOST_ROTATIONS, rotatingCells, rotationOfCommit } from './parts';
import { page, type Outcome } from './report';
import { sequenceCells, sequencesNamed, type SequenceCell } from './sequence-cells';
import { runSequences } from './sequence-runs';
import type { SequenceResult } from './sequence-verdict';
import type { CellResult } from './verdict';

const WRONG = 1;
const WRONG_USE = 2;
const DEFAULTS = { seed: '1', lanes: '2', 'in-flight': '24' } as const;

/** Lines of one cell. */
const LONGEST_TRACE = 80;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const USAGE = `npm run durability -- --matrix [--full] [--process purchase-order] [--cell "<operation> <fault> <mode>"]… [--rotation N]
                        [--seed N] [--lanes N] [--in-flight N] [--list] [--json]

  --matrix     the contract of the process (each writing call × each way it can end, each change of mind at each moment) and a part of
               the whole product, which rotates with the commit
  --full       the whole product: every writing call and compensation × every fault, and every change of mind at every moment in
               every state of its vendor; it alone writes docs/durability.md
  --rotation   another part than the commit's, 1 to ${MOST_ROTATIONS}: the same number is the same part
  --cell       only these; a name that is cut short means all that begin so: --cell "SO/Add drop", or of the sequences,
               "<change> <moment> <vendor>": --cell "amend-up mark-unknown"
  --list       only says which cells they are, one a line on standard output
  --seed       another order of the cells and other order numbers; the same seed is the same run
  --lanes      worlds beside each other (${DEFAULTS.lanes}), each with --in-flight orders at once (${DEFAULTS['in-flight']})
  --json       the results on standard output

  Exit code 0: all cells right, or decided by a human who was told the truth. 1: a cell is WRONG, or a fault never fell. 2: wrong use.`;

/** @throws TypeError for an unknown option */
const given = () =>
  parseArgs({
    options: {
      matrix: { type: 'boolean' },
      process: { type: 'string', default: 'purchase-order' },
      full: { type: 'boolean', default: false },
      rotation: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      cell: { type: 'string', multiple: true },
      seed: { type: 'string', default: DEFAULTS.seed },
      lanes: { type: 'string', default: DEFAULTS.lanes },
      'in-flight': { type: 'string', default: DEFAULTS['in-flight'] },
      json: { type: 'boolean', default: false },
    },
  }).values;

/** @throws RangeError for what is not there */
function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new RangeError(`--${name} must be a whole number above 0, not '${text}'`);
  return Number(text);
}

interface Chosen {
  readonly cells: readonly Cell[];
  readonly sequences: readonly SequenceCell[];
  /** What they are, in words. */
  readonly what: string;
}

interface Settings extends Chosen {
  readonly seed: number;
  readonly lanes: number;
  readonly inFlight: number;
  readonly isWhole: boolean;
  readonly isJson: boolean;
}

/** @throws TypeError or RangeError for wrong use */
function settings(values: ReturnType<typeof given>): Settings {
  if (values.matrix !== true && values.cell === undefined) throw new RangeError(USAGE);
  if (values.process !== 'purchase-order') {
    throw new RangeError(`no matrix for '${values.process}'; there is: purchase-order`);
  }
  return {
    ...chosen(values),
    seed: wholeNumber('seed', values.seed),
    lanes: wholeNumber('lanes', values.lanes),
    inFlight: wholeNumber('in-flight', values['in-flight']),
    isWhole: values.cell === undefined && values.full,
    isJson: values.json,
  };
}

async function main(): Promise<number> {
  let wanted: Settings;
  try {
    const values = given();
    if (values.help) {
      process.stdout.write(`${USAGE}\n`);
      return 0;
    }
    wanted = settings(values);
    if (values.list) {
      for (const { name } of [...wanted.cells, ...wanted.sequences]) process.stdout.write(`${name}\n`);
      say(wanted.what);
      return 0;
    }
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return WRONG_USE;
  }
  const outcome = await run(wanted);
  if (wanted.isWhole) await writePage(outcome);
  if (wanted.isJson) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  return conclude(outcome);
}

/** As prettier wants it: the page is checked with everything else. */
async function writePage(outcome: Outcome): Promise<void> {
  const path = resolve(__dirname, '../../docs/durability.md');
  const style = await resolveConfig(path);
  writeFileSync(path, await format(page(outcome), { ...style, parser: 'markdown' }));
}

function chosen({
  cell: names,
  full,
  rotation: asked,
}: Pick<ReturnType<typeof given>, 'cell' | 'full' | 'rotation'>): Chosen {
  if (names !== undefined) {
    const sequences = names.map((name) => [name, sequencesNamed(name)] as const);
    const others = sequences.flatMap(([name, found]) => (found.length > 0 ? [] : [name]));
    return {
      cells: [...new Set(others.flatMap(cellsNamed))],
      sequences: [...new Set(sequences.flatMap(([, found]) => found))],
      what: 'those that were named',
    };
  }
  if (full) return { cells: allCells, sequences: sequenceCells, what: 'the whole product' };
  const rotation = asked === undefined ? rotationOfCommit() : wholeNumber('rotation', asked);
  const [contract, rotating, sequences] = [
    contractCells(rotation),
    rotatingCells(rotation),
    contractSequences(rotation),
  ];
  return {
    cells: [...contract, ...rotating],
    sequences,
    what: `rotation ${rotation}: ${contract.length} cells of the contract, ${rotating.length} of the whole product's ${allCells.length}, ${sequences.length} changes of mind of ${sequenceCells.length}`,
  };
}

async function run({ cells, sequences, what, seed, lanes, inFlight }: Settings): Promise<Outcome> {
  const startedAt = Date.now();
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const { path: cli } = await temporalCli(readEnvironment(), (line) => say(line.toString()));
  const directory = mkdtempSync(join(tmpdir(), 'waybill-durability-bundle-'));
  const codePath = join(directory, 'workflow-bundle.js');
  const workflowsPath = require.resolve('../../workflows');
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  writeFileSync(codePath, code);
  say(what);
  say(`${cells.length} cells and ${sequences.length} sequences, seed ${seed}, ${lanes} lanes of ${inFlight} orders`);
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1000);
  const onJudged = ({ results, ofRun }: Judged<CellResult | SequenceResult>, left: number): void => {
    for (const { end, name, why, trace } of results) if (end === 'WRONG') complain(name, why, trace, seed);
    for (const each of ofRun) say(`WRONG ${each.invariant}: ${each.what}`);
    say(`${String(seconds()).padStart(5)} s  ${results.length} cells ended, ${left} left`);
  };
  try {
    const common = { cli, codePath, seed, lanes, inFlight, onJudged };
    const all = await runMatrix({ cells, ...common });
    if (cells.length > 0) say(`${String(seconds()).padStart(5)} s  all orders have ended that meet a fault`);
    const changed = await runSequences({ cells: sequences, ...common });
    // They end in an order that depends on the seed; a page is read by operation and fault.
    const order = new Map([...cells, ...sequences].map(({ name }, index) => [name, index]));
    const placeOf = ({ name }: { readonly name: string }): number => order.get(name) ?? 0;
    return {
      seed,
      seconds: seconds(),
      cores: cpus().length,
      results: all.flatMap(({ results }) => results).toSorted((a, b) => placeOf(a) - placeOf(b)),
      sequences: changed.flatMap(({ results }) => results).toSorted((a, b) => placeOf(a) - placeOf(b)),
      ofRun: [...all, ...changed].flatMap(({ ofRun }) => ofRun),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What came of it stands here, since the same cell may end well the next time. */
function complain(name: string, why: readonly string[], trace: readonly string[], seed: number): void {
  say(`WRONG ${name}`);
  for (const reason of why) say(`      ${reason}`);
  for (const line of trace.slice(-LONGEST_TRACE)) say(`        ${line}`);
  say(`      alone: npm run durability -- --process purchase-order --seed ${seed} --cell "${name}"`);
}

function conclude({ results, sequences, ofRun, seconds }: Outcome): number {
  const all = [...results, ...sequences];
  const count = (end: string): number => all.filter((result) => result.end === end).length;
  const wrong = count('WRONG');
  say(
    `${all.length} cells in ${seconds} s: ${count('right')} right, ${count('decision')} decided by a human who was told the truth, ` +
      `${count('reported')} beyond any promise and reported, ${wrong} WRONG; ${ofRun.length} complaints of the run`,
  );
  return wrong + ofRun.length > 0 ? WRONG : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(WRONG);
  },
);
