import { audit } from './auditor/audit';
import type { Call, Evidence, OrderEvidence, Question, Violation } from './auditor/evidence';
import { isMet, type Run } from './batch';
import type { Cell } from './cells';
import { callOf, factOf } from './facts';
import type { OrderKeys } from './operations';

/**
 * `right`: the order ended as it should, nobody was asked but for the approval policy wants. `decision`: a human was
 * asked, and told the truth. `reported`: beyond what anyone can promise, and the auditor sees it. `WRONG`: anything else.
 */
export type End = 'right' | 'decision' | 'reported' | 'WRONG';

export interface CellResult {
  readonly name: string;
  readonly operation: string;
  readonly fault: string;
  readonly lookupFault: string | null;
  readonly mode: string;
  readonly end: End;
  readonly stage: string;
  /** Why it is WRONG, or what is reported. */
  readonly why: readonly string[];
  /** How often the fault fell on the call and on its look-up. */
  readonly fallen: readonly number[];
  readonly orderRef: string;
  /** Whether a fault that was set never fell: nothing is proved, and the cell is tried again alone. */
  readonly isIdle: boolean;
  /** What reached the vendors, where it is WRONG. */
  readonly trace: readonly string[];
}

/** Judges every order of a batch. @returns its results, and what the auditor holds against the run as a whole */
export function judge(
  runs: readonly Run[],
  evidence: Evidence,
): { readonly results: readonly CellResult[]; readonly ofRun: readonly Violation[] } {
  const violations = audit(evidence);
  const results = runs.map((run): CellResult => {
    const { cell, keys } = run;
    const told = evidence.orders.find(({ orderRef }) => orderRef === keys.orderRef);
    const held = violations.filter(({ orderRef }) => orderRef === keys.orderRef);
    const own = complaints(run, told);
    const isReported = cell.fault.isBeyondPromise && own.length === 0 && held.length > 0;
    const why = [...own, ...held.map(({ invariant, what }) => `${invariant}: ${what}`)];
    return {
      name: cell.name,
      operation: cell.operation.name,
      fault: cell.fault.name,
      lookupFault: cell.lookupFault?.name ?? null,
      mode: cell.mode,
      end: isReported
        ? 'reported'
        : why.length > 0
          ? 'WRONG'
          : questionsOf(run, told).length > 0
            ? 'decision'
            : 'right',
      stage: told?.stage ?? 'never taken',
      why,
      fallen: run.next === null ? [run.fallen] : [run.fallen, run.nextFallen],
      orderRef: keys.orderRef,
      isIdle: !isMet(run),
      trace: why.length > 0 ? traceOf(evidence, keys) : [],
    };
  });
  return { results, ofRun: violations.filter(({ orderRef }) => orderRef === '') };
}

/** What reached the vendors about an order, what it noted and what it was answered, by the clock; one line each. */
export function traceOf({ ledger, orders }: Evidence, keys: OrderKeys): string[] {
  const isAbout = ({ key }: Call): boolean => key.split(',').some((each) => Object.values(keys).includes(each));
  const told = orders.find(({ orderRef }) => orderRef === keys.orderRef);
  const lines = [
    ...ledger.calls.filter(isAbout).map((call) => ({ at: call.at, text: callLine(call) })),
    ...(told?.steps ?? []).map(({ at, text }) => ({ at, text: `- ${text}` })),
    ...(told?.questions ?? []).map(({ answeredAt, id, choice }) => ({
      at: answeredAt ?? '',
      text: `> ${id}: ${choice ?? 'no answer'}`,
    })),
  ];
  return lines.toSorted((a, b) => a.at.localeCompare(b.at)).map(({ at, text }) => `${at.slice(11)} ${text}`);
}

const LONGEST_KEY = 40;

const callLine = ({ n, operation, key, outcome, effects, fault }: Call): string =>
  `${n} ${operation} ${key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key} ${outcome} ${effects}${fault === null ? '' : ` ${fault}`}`;

/** What the cell itself asks of its order, beyond what the auditor asks of every order. */
function complaints(run: Run, told: OrderEvidence | undefined): string[] {
  const { cell, failure, isGivenUp, fallen, next, nextFallen } = run;
  const why: string[] = [];
  if (failure !== undefined) why.push(`the workflow failed: ${failure}`);
  if (told === undefined) return [...why, 'no workflow took the order'];
  if (fallen === 0) why.push(`${cell.fault.name} never fell on ${cell.operation.name}`);
  if (next !== null && nextFallen === 0) why.push(`${next.fault} never fell on ${next.operation}`);
  if (told.isEnded && !isGivenUp && told.stage !== 'done') why.push(`ended as ${told.stage}, and nobody gave it up`);
  const needless = mayAsk(cell) ? [] : questionsOf(run, told).filter((asked) => !isForAHuman(asked, told));
  for (const { question } of needless) why.push(`asked a human where it could find out by itself: ${question}`);
  return why;
}

/** A busy machine may lose the answer of these without any fault; nobody can look them up. */
const NOT_TO_BE_SEEN = ['Claritum setGoodsReceipts', 'NorthScope InsertInboundIntegration'];

/**
 * What is for a human without any fault. A poll by hand offers all it has read, also an invoice that its order has marked
 * meanwhile and then ended: whoever is asked is told that.
 */
function isForAHuman(asked: Question, { stage, invoices }: OrderEvidence): boolean {
  if (NOT_TO_BE_SEEN.includes(callOf(asked))) return true;
  if (asked.topic !== 'invoice-without-order' || stage !== 'done') return false;
  return invoices.some(({ uid, outcome }) => outcome === 'settled' && uid === factOf(asked, 'uid'));
}

/** What says nothing of the call itself: that it takes long, and is tried on whatever is answered. */
const IS_NO_DOUBT: readonly string[] = ['approval', 'silent-vendor'];

/** What a human was asked beyond an approval, a vendor's silence, and the refusal that leads to a compensation. */
function questionsOf({ cell, keys }: Run, told: OrderEvidence | undefined): readonly Question[] {
  const all = [...(told?.questions ?? []), ...(told?.open ?? [])].filter(({ kind }) => !IS_NO_DOUBT.includes(kind));
  if (!cell.operation.isCompensation) return all;
  return all.filter(({ facts }) => !facts.some(({ value }) => value === keys.orderId));
}

/**
 * Where a human may be asked: what lasts, what the vendor refused, and what no look-up can tell. An unknown outcome of
 * anything else must be found out without one.
 */
function mayAsk({ operation, fault, mode, lookupFault }: Cell): boolean {
  if (mode === 'for-ever' || fault.isBeyondPromise || fault.tells === 'refused') return true;
  if (lookupFault !== null && lookupFault.tells === 'refused') return true;
  // A session is renewed once; one that is lost again at once looks like refused credentials.
  if ((lookupFault ?? fault).tells === 'log in again' && mode !== 'once') return true;
  if (operation.remedy === 'ask') return fault.tells === 'nothing';
  return operation.remedy === 'look up, then ask' && fault.tells === 'nothing' && !fault.hasEffect;
}
