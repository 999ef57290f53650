import { compare, sum } from '../../src/domain/values/decimal';
import { audit } from './auditor/audit';
import { hasTask } from './auditor/case';
import type { Call, Evidence, OrderEvidence } from './auditor/evidence';
import { gather } from './gather';
import { ofMatrix, type Judged } from './judged';
import type { Play } from './play';
import type { SequenceBatch } from './sequence-batch';
import type { OrderKeys } from './operations';
import type { Poll } from './polls';
import { ABSENT_MS } from './profile';
import { isCorrection, type SequenceCell } from './sequence-cells';
import { markedIn } from './trouble';
import { traceOf, type End } from './verdict';

/** How one sequence ended. */
export interface SequenceResult extends SequenceCell {
  readonly end: End;
  readonly stage: string;
  /** Why it is WRONG. */
  readonly why: readonly string[];
  readonly fallen: readonly number[];
  readonly orderRef: string;
  /** Whether a fault that was set never fell, or the change missed its moment: it is tried again alone. */
  readonly isIdle: boolean;
  /** What a human was asked. */
  readonly asked: readonly string[];
  /** What reached the vendors, where it is WRONG. */
  readonly trace: readonly string[];
}

/** Gathers the evidence of a batch that has run, and judges each of its orders. */
export async function judgedSequences(batch: SequenceBatch, logs: readonly string[]): Promise<Judged<SequenceResult>> {
  const { lane, plays, operator, buyer, polls } = batch;
  const evidence = await gather({
    client: lane.client,
    ledger: await lane.sandbox.ledgerNow(),
    answered: operator.answered,
    logs,
    versions: buyer.versions,
    setAside: polls.done.flatMap(({ setAside }) => setAside),
    faults: plays.flatMap(({ cell, fallen }) => fallen.map((each) => ({ ...each, cell: cell.name }))),
    results: new Map(plays.flatMap(({ orderRef, result }) => (result === undefined ? [] : [[orderRef, result]]))),
  });
  const violations = audit(evidence);
  const results = plays.map((play): SequenceResult => {
    const { cell, orderRef, fallen } = play;
    const told = evidence.orders.find((order) => order.orderRef === orderRef);
    const missed = missedBy(play, evidence, polls.done);
    const why = [
      ...missed,
      ...(play.missed === undefined ? [] : [play.missed]),
      ...(play.failure === undefined ? [] : [`the workflow failed: ${play.failure}`]),
      ...(told === undefined ? ['no workflow took the order'] : notAsWanted(play, told, evidence)),
      ...batch.untrue.flatMap((each) => (each.orderRef === orderRef ? [each.what] : [])),
      ...violations.flatMap((each) => (each.orderRef === orderRef ? [`${each.invariant}: ${each.what}`] : [])),
    ];
    const asked = [...(told?.questions ?? []), ...(told?.open ?? [])].filter(({ kind }) => kind !== 'approval');
    return {
      ...cell,
      end: why.length > 0 ? 'WRONG' : asked.length > 0 ? 'decision' : 'right',
      stage: told?.stage ?? 'never taken',
      why,
      fallen: fallen.map(({ fired }) => fired),
      orderRef,
      isIdle: missed.length > 0,
      asked: asked.map(({ question }) => question),
      trace: why.length > 0 ? traceOf(evidence, play.keys) : [],
    };
  });
  return {
    results,
    ofRun: [...violations.filter(({ orderRef }) => orderRef === ''), ...(await ofMatrix(lane, operator))],
  };
}

/** What did not come as it was set: then nothing is proved. */
function missedBy(
  { cell, mind, fallen, keys }: Play,
  { ledger, orders }: Evidence,
  polls: readonly Poll[],
): readonly string[] {
  const { changedAt, backAt } = mind;
  if (changedAt === undefined) return ['the change was never made'];
  const { since, from } = changedAt;
  const before = (n: number, operation: string, key: string, isDone: 'ok' | 'effect'): boolean =>
    ledger.calls.some(
      (call) =>
        call.n <= n &&
        call.operation === operation &&
        call.key.split(',').includes(key) &&
        (isDone === 'ok' ? call.outcome === 'ok' && call.fault !== 'kill' : call.effects > 0),
    );
  const idle = fallen
    .filter(({ fired }) => fired === 0)
    .map(({ fault, operation }) => `${fault} never fell on ${operation}`);
  if (cell.vendor !== 'well' && fallen.length === 0) idle.push('nothing befell its vendor');
  const missedSince = polls.flatMap(({ watermark }) => watermark.absent[keys.uid]?.since ?? []).toSorted()[0];
  const isTooLong =
    cell.change === 'absent-and-back' &&
    // Nobody misses for long what was marked, whatever a poll that was killed had begun to count.
    !mind.isMarked &&
    missedSince !== undefined &&
    backAt - Date.parse(missedSince) >= ABSENT_MS;
  if (isTooLong) idle.push('it was away for so long that it counts as withdrawn');
  const isAtItsMoment = {
    'before-approval': () => !before(from, 'SO/Add', keys.soNo, 'effect'),
    'between-manex': () =>
      before(since, 'SO/Add', keys.soNo, 'effect') && !before(from, 'SO/DueDateAdd', keys.soNo, 'effect'),
    'mark-unknown': () => !before(from, 'markExported', markedIn(cell, keys), 'ok'),
    'mark-unsent': () =>
      !before(from, 'markExported', markedIn(cell, keys), 'effect') &&
      !isUnderWay(cell, keys, ledger.calls, from) &&
      !(cell.change === 'cancel' && isUnknown(orders.find(({ orderRef }) => orderRef === keys.orderRef))),
    'after-mark': () => before(since, 'markExported', keys.uid, 'effect'),
    'after-despatch': () => !before(from, 'markExported', keys.deliveryUid, 'effect'),
    'after-delivery-mark': () => before(since, 'markExported', keys.deliveryUid, 'effect'),
  }[cell.moment];
  return isAtItsMoment() ? idle : [...idle, 'the change missed its moment'];
}

/** The mark was on its way when the change was made: it took effect after it, and no look lies between. */
function isUnderWay(cell: SequenceCell, keys: OrderKeys, calls: readonly Call[], changed: number): boolean {
  const made = calls.find(
    ({ operation, key, effects }) =>
      operation === 'markExported' && effects > 0 && key.split(',').includes(markedIn(cell, keys)),
  );
  const look = isCorrection(cell.change) ? 'getDeliveries' : 'getPurchaseOrders';
  const isLook = ({ n, operation, outcome }: Call): boolean => n > changed && operation === look && outcome === 'ok';
  return made !== undefined && !calls.some((call) => call.n < made.n && isLook(call));
}

/**
 * On a machine that stands still for seconds, the answer may come when nobody waits for it. Of a record that was removed,
 * that is a moment which nobody can judge (`whyNot`).
 */
const isUnknown = (told: OrderEvidence | undefined): boolean =>
  told?.unknown.some(({ activity }) => activity === 'markExported') === true;

const HAVE_LEFT = ['after-despatch', 'after-delivery-mark'];

/** What the change itself asks of the end, beyond what the auditor asks of every order. */
function notAsWanted(
  { cell, keys, mind: { secondUid } }: Play,
  told: OrderEvidence,
  { ledger, setAside }: Evidence,
): readonly string[] {
  const { change, moment } = cell;
  const { claritum, manex, northscope } = ledger;
  const why: string[] = [];
  const wants = (isSo: boolean, otherwise: string): void => void (isSo || why.push(otherwise));
  const hasLeft = HAVE_LEFT.includes(moment);
  const end = change === 'cancel' || (change === 'cancelled-in-list' && !hasLeft) ? 'cancelled' : 'done';
  wants(told.stage === end, `ended as ${told.stage} instead of ${end}`);
  const receipts = claritum.goodsReceipts.filter(({ orderRef }) => orderRef === keys.orderRef);
  const received = sum(receipts.map(({ quantity }) => quantity));
  const queued = northscope.inbound.filter(({ SourceTransID }) => SourceTransID.startsWith(`${keys.soNo}-`));
  const isUnplaced = moment === 'before-approval' && end === 'cancelled';
  if (isUnplaced)
    wants(
      manex.salesOrders.every(({ SONO }) => SONO !== keys.soNo),
      'it stands in ManEx',
    );
  if (change === 'cancel') wants(queued.length === 0, 'it was sent to the warehouse');
  if (change === 'cancelled-in-list' && hasLeft)
    wants(hasTask(told, 'cancelled-too-late'), 'no task says that it came too late');
  if (change === 'amend-down' && hasLeft)
    wants(hasTask(told, 'not-carried-out'), 'no task says that it is not carried out');
  if (change === 'corrected-up') {
    wants(compare(received, '100') === 0, `${received} are booked instead of 100`);
    wants(new Set(receipts.map(({ receiptRef }) => receiptRef)).size === 2, 'not two receipts of two references');
  }
  if (change === 'corrected-down') wants(hasTask(told, 'balance-receipt'), 'no task has the receipt balanced');
  if (isCorrection(change)) return why;
  if (change === 'second-record') {
    wants(
      setAside.some(({ uid, reason }) => uid === secondUid && reason !== ''),
      'the second record was not set aside',
    );
    const second = claritum.purchaseOrders.find(({ uid }) => uid === secondUid);
    wants(second?.exported === false, 'the second record was marked');
    const isPlaced =
      manex.salesOrders.some(({ PONO }) => PONO === second?.poNumber) ||
      northscope.inbound.some(({ Data }) => Data.includes(second?.poNumber ?? secondUid));
    wants(!isPlaced, 'the second record was placed');
  }
  if (end === 'done' && change !== 'amend-up')
    wants(queued.length === 1, `${queued.length} orders were queued in NorthScope`);
  return why;
}
