import { casesOf, type Case } from './case';
import { exactDecimals, oneSalesOrder, oneWarehouseOrder, orderLines, sameReferenceSameContent } from './documents';
import { compensated, endedOrAsking, nothingAfterTheEnd, nothingLost } from './ends';
import type { Evidence, Violation } from './evidence';
import { invoicesOnce, quantitiesConserved, receiptsOnce } from './goods';
import { acknowledgedAsTakenIn, nothingIgnored } from './news';
import { answerWasTrue, questionTellsTruth } from './questions';
import { faultsFired, oneAttempt, secretFree, soundHistories } from './run';
import {
  approvedFirst,
  closedLast,
  deliveryAfterReceipt,
  exportedAfterDocuments,
  lookedBeforeAgain,
  settledFirst,
} from './sequence';

type OfOrder = (judged: Case, evidence: Evidence) => Iterable<string>;
type OfRun = (evidence: Evidence) => Iterable<string>;

const ofOrders: Readonly<Record<string, OfOrder>> = {
  'one sales order per order': oneSalesOrder,
  'lines, prices and due dates as ordered': orderLines,
  'exact decimals': exactDecimals,
  'one warehouse order per delivery': oneWarehouseOrder,
  'same reference, same content': sameReferenceSameContent,
  'quantities are conserved': quantitiesConserved,
  'receipts once': receiptsOnce,
  'invoices once': invoicesOnce,
  'exported after the documents stand': exportedAfterDocuments,
  'delivery acknowledged after its receipt': deliveryAfterReceipt,
  'closed last': closedLast,
  'approved first': approvedFirst,
  'looked before again': lookedBeforeAgain,
  'settled first': settledFirst,
  'nothing lost': nothingLost,
  'ended or asking': endedOrAsking,
  compensated,
  'nothing after the end': nothingAfterTheEnd,
  'questions tell the truth': questionTellsTruth,
  'answers were true': answerWasTrue,
  'the version acknowledged is the version taken in': acknowledgedAsTakenIn,
  'nothing seen is ignored without a trace': nothingIgnored,
};

const ofRuns: Readonly<Record<string, OfRun>> = {
  'one attempt': oneAttempt,
  'sound histories': soundHistories,
  'secret-free': secretFree,
  'faults fired': faultsFired,
};

/** The invariants by name, as violations name them. */
export const invariants: readonly string[] = [...Object.keys(ofOrders), ...Object.keys(ofRuns)];

/** A figure that is none cannot be judged, and is a finding by itself. */
function findings(check: () => Iterable<string>): readonly string[] {
  try {
    return [...check()];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [error.message];
  }
}

/**
 * Judges a run by what the outside world shows of it. Pure: the same evidence has the same violations, and none means
 * that every invariant holds.
 */
export function audit(evidence: Evidence): readonly Violation[] {
  const violations: Violation[] = [];
  for (const judged of casesOf(evidence)) {
    for (const [invariant, check] of Object.entries(ofOrders)) {
      for (const what of findings(() => check(judged, evidence))) {
        violations.push({ invariant, orderRef: judged.order.orderRef, what });
      }
    }
  }
  for (const [invariant, check] of Object.entries(ofRuns)) {
    for (const what of check(evidence)) violations.push({ invariant, orderRef: '', what });
  }
  return violations;
}
