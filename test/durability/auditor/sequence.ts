import { compareExactly, product } from './decimals';
import { effectsOf, keysIn, type Case } from './case';
import type { Call, Evidence } from './evidence';

const DOCUMENTS = ['SO/Add', 'SO/ItemADD', 'SO/PriceAdd', 'SO/DueDateAdd'] as const;
/** Repeating one of these doubles its effect. */
const NOT_REPEATABLE = [
  'SO/ItemADD',
  'SO/PriceAdd',
  'SO/DueDateAdd',
  'AllocateSalesOrders',
  'InsertInboundIntegration',
  'setGoodsReceipts',
];
const NOT_TO_BE_SEEN = ['setGoodsReceipts'];

/** Claritum may forget the order only once ManEx holds it whole, or once it is certain that nobody will. */
export function* exportedAfterDocuments(judged: Case): Iterable<string> {
  const exported = effectsOf(judged, 'markExported', judged.order.uid)[0];
  if (exported === undefined) return;
  const writes = DOCUMENTS.flatMap((operation) => effectsOf(judged, operation));
  const late = writes.filter(({ n }) => n > exported.n);
  for (const { operation, n } of late) yield `exported by call ${exported.n}, before ${operation} by call ${n}`;
  const isGivenUp = ['refused', 'cancelled'].includes(judged.told?.stage ?? '');
  for (const operation of DOCUMENTS) {
    const stands = effectsOf(judged, operation).some(({ n }) => n < exported.n);
    if (!stands && !isGivenUp) yield `exported by call ${exported.n} without ${operation}`;
  }
}

/** A delivery is acknowledged after its receipt. */
export function* deliveryAfterReceipt(judged: Case): Iterable<string> {
  for (const { uid } of judged.deliveries) {
    const exported = effectsOf(judged, 'markExported', uid)[0];
    const receipt = effectsOf(judged, 'setGoodsReceipts')[0];
    if (exported !== undefined && (receipt === undefined || receipt.n > exported.n)) {
      yield `delivery ${uid} was acknowledged by call ${exported.n}, before any receipt`;
    }
  }
}

/** The ManEx line of a done order is closed, after everything else. */
export function* closedLast(judged: Case): Iterable<string> {
  if (judged.told?.stage !== 'done') return;
  const lines = judged.salesOrders.flatMap(({ SODETAILList }) => SODETAILList);
  if (!lines.every(({ STATUS }) => STATUS.trim().toUpperCase() === 'CLOSED')) yield 'the line is not closed';
  // An amendment edits the line too; the last edit closes it.
  const closed = effectsOf(judged, 'SO/ItemEdit').at(-1);
  const last = Math.max(
    ...effectsOf(judged, 'markExported')
      .filter((call) => !isOnly(call, judged.order.uid))
      .map(({ n }) => n),
    0,
  );
  if (closed !== undefined && closed.n < last) yield `closed by call ${closed.n}, before call ${last}`;
}

const isOnly = (call: Call, key: string): boolean => keysIn(call).every((each) => each === key);

/** Over the limit, nothing takes effect before somebody approved. */
export function* approvedFirst(judged: Case, { expectations }: Evidence): Iterable<string> {
  const { order, told, calls } = judged;
  if (compareExactly(product(order.quantity, order.unitPrice), expectations.approvalAbove) <= 0) return;
  const approval = told?.questions.find(({ kind, choice }) => kind === 'approval' && choice === 'approve')?.answeredAt;
  const first = calls.find(({ operation, effects }) => effects > 0 && operation === 'SO/Add');
  if (first === undefined) return;
  if (approval === null || approval === undefined) yield 'placed without anybody’s approval';
  else if (first.at < approval) yield `placed at ${first.at}, approved at ${approval}`;
}

/** Where nobody knows what became of a call, it is not repeated before somebody looked: a read, or a human. */
export function* lookedBeforeAgain(judged: Case, evidence: Evidence): Iterable<string> {
  for (const [call, again] of repetitions(judged)) {
    const isAnswered = (judged.told?.questions ?? []).some(
      ({ kind, answeredAt }) =>
        kind === 'unknown-outcome' && answeredAt !== null && answeredAt > call.at && answeredAt <= again.at,
    );
    const isSeen =
      !NOT_TO_BE_SEEN.includes(call.operation) && evidence.ledger.calls.some((between) => isLook(between, call, again));
    if (!isAnswered && !isSeen)
      yield `${call.operation} by call ${call.n} had no answer and was repeated blindly by call ${again.n}`;
  }
}

/** And not before the vendor had its time to commit late. */
export function* settledFirst(judged: Case, { expectations }: Evidence): Iterable<string> {
  for (const [call, again] of repetitions(judged)) {
    const waited = Date.parse(again.at) - Date.parse(call.at);
    if (waited < expectations.settleMs) yield `${call.operation} was repeated ${waited} ms after call ${call.n}`;
  }
}

/** Unanswered calls of operations that double, each with the next one of the same operation and key. */
function repetitions({ calls }: Case): readonly (readonly [Call, Call])[] {
  const pairs: (readonly [Call, Call])[] = [];
  for (const [index, call] of calls.entries()) {
    if (!NOT_REPEATABLE.includes(call.operation) || call.outcome !== 'none') continue;
    const again = calls.slice(index + 1).find(({ operation, key }) => operation === call.operation && key === call.key);
    if (again !== undefined) pairs.push([call, again]);
  }
  return pairs;
}

const isAbout = (between: Call, call: Call): boolean => keysIn(between).some((key) => keysIn(call).includes(key));

function isLook(between: Call, call: Call, again: Call): boolean {
  if (between.n <= call.n || between.n >= again.n || between.vendor !== call.vendor) return false;
  // What the feed reads for all orders names none of them, and is no look at this one.
  return ['ListSalesOrders', 'SO/Get'].includes(between.operation) && isAbout(between, call);
}
