import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { cellsNamed, representativeCells } from './cells';
import { runMatrix } from './matrix';
import { representativeSequences } from './sequence-cells';
import { runSequences } from './sequence-runs';

jest.setTimeout(900_000);

/** One kill of each kind, each at a call of another vendor; the whole matrix has them at every call. */
const KILLS = [
  'SO/ItemADD kill-worker before once',
  'setGoodsReceipts kill-worker after once',
  'InsertInboundIntegration stop-worker before once',
  'SO/PriceAdd kill-server after once',
].flatMap(cellsNamed);

beforeAll(() => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
});

it('ends each call right, or in a decision that says the truth, under every kind of fault', async () => {
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

it('ends each change of mind right, or in a question that says the truth', async () => {
  const judged = await runSequences({
    cells: representativeSequences,
    cli: process.env['TEMPORAL_CLI'] ?? 'temporal',
    codePath: process.env['WAYBILL_TEST_BUNDLE'] ?? '',
    seed: 1,
    lanes: 2,
    inFlight: 24,
    onJudged: () => undefined,
  });
  const results = judged.flatMap((each) => each.results);
  const wrong = results.filter(({ end }) => end === 'WRONG').map(({ name, why, trace }) => [name, ...why, ...trace]);
  expect({ wrong, ofRun: judged.flatMap((each) => each.ofRun) }).toEqual({ wrong: [], ofRun: [] });
  expect(results.map(({ name }) => name).toSorted()).toEqual(
    representativeSequences.map(({ name }) => name).toSorted(),
  );
});
