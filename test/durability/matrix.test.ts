import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { cellsNamed, killCells, pairCells, plainCells, representativeCells } from './cells';
import { page, type Outcome } from './report';
import { runMatrix } from './matrix';

jest.setTimeout(900_000);

/** One kill of each kind, each at a call of another vendor; the whole matrix has them at every call. */
const KILLS = [
  'SO/ItemADD kill-worker before once',
  'setGoodsReceipts kill-worker after once',
  'InsertInboundIntegration stop-worker before once',
  'SO/PriceAdd kill-server after once',
].flatMap(cellsNamed);

it('ends each call right, or in a decision that says the truth, under every kind of fault', async () => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const cells = [...representativeCells, ...KILLS];
  const judged = await runMatrix({
    cells,
    cli: process.env['TEMPORAL_CLI'] ?? 'temporal',
    codePath: process.env['WAYBILL_TEST_BUNDLE'] ?? '',
    seed: 1,
    lanes: 2,
    inFlight: 24,
    onJudged: () => undefined,
  });
  const results = judged.flatMap((each) => each.results);
  const wrong = results.filter(({ end }) => end === 'WRONG').map(({ name, why }) => [name, ...why]);
  expect({ wrong, ofRun: judged.flatMap((each) => each.ofRun) }).toEqual({ wrong: [], ofRun: [] });
  expect(results.map(({ name }) => name).toSorted()).toEqual(cells.map(({ name }) => name).toSorted());
  expect(results.every(({ isIdle }) => !isIdle)).toBe(true);
});

it('names every cell once, so that one can be run alone', () => {
  const names = [...plainCells, ...pairCells, ...killCells].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(cellsNamed(name).map((cell) => cell.name)).toEqual([name]);
  expect(() => cellsNamed('SO/Add nonsense once')).toThrow(RangeError);
});

it('shows in the page what went wrong', () => {
  const result = { lookupFault: null, stage: 'done', why: [], fallen: [1], orderRef: '', isIdle: false, trace: [] };
  const outcome: Outcome = {
    ...{ seed: 1, seconds: 2, cores: 2, sequences: [], ofRun: [] },
    results: [
      { ...result, name: 'SO/Add drop twice', operation: 'SO/Add', fault: 'drop', mode: 'twice', end: 'WRONG' },
      { ...result, name: 'SO/Add drop once', operation: 'SO/Add', fault: 'drop', mode: 'once', end: 'right' },
    ],
  };
  expect(page(outcome)).toContain('| SO/Add | r **W** |');
});
