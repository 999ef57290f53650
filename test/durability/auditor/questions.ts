import { keysIn, type Case } from './case';
import type { Call, Evidence, Question } from './evidence';

/** An instant of the sandbox and one of a workflow may differ by a clock's tick. */
const TICK_MS = 50;

/** Where the worker itself was lost or out of time, not even the worker knows whether anything was sent. */
const LOST = /no (?:whole )?answer within/i;

/** A workflow's clock stands still while a read of its own turn goes on. */
const READ_MS = 10_000;

const fact = ({ facts }: Question, label: string): string | undefined =>
  facts.find((each) => each.label === label)?.value;

/** Calls that a question can be about: its facts name their key, and they came after what it calls the sending. */
function callsAbout({ calls }: Case, question: Question, until: string): readonly Call[] {
  const values = new Set(question.facts.flatMap(({ value }) => [value, value.split('#')[0] ?? '']));
  const sentAt = Date.parse(fact(question, 'scheduled at') ?? '1970-01-01T00:00:00Z') - TICK_MS;
  return calls.filter(
    (call) =>
      Date.parse(call.at) >= sentAt &&
      call.at <= until &&
      (keysIn(call).some((key) => values.has(key)) || isInQuestion(question, call)),
  );
}

/** References may also stand in the sentence itself, whole: the sales order of `0000010231-1` is another record. */
const isInQuestion = ({ question }: Question, call: Call): boolean => {
  const words = new Set(question.split(/[\s,;:()']+/).map((word) => word.replace(/\.$/, '')));
  return keysIn(call).some((key) => key !== '' && words.has(key));
};

const isWrite = ({ operation }: Call): boolean => !/Get|^List/.test(operation);

const all = ({ told }: Case): readonly Question[] => [...(told?.questions ?? []), ...(told?.open ?? [])];

/** What a question says was sent, was sent; what it says was refused, was refused. */
export function* questionTellsTruth(judged: Case, evidence: Evidence): Iterable<string> {
  for (const question of all(judged)) {
    const about = callsAbout(judged, question, question.openedAt).filter(isWrite);
    if (question.kind === 'unknown-outcome' && fact(question, 'what came back') !== undefined) {
      if (fact(question, 'scheduled at') === undefined) yield `${question.id} does not say when it was scheduled`;
      if (about.length === 0 && !LOST.test(fact(question, 'what came back') ?? ''))
        yield `${question.id} speaks of a call that never reached a vendor (${fact(question, 'what came back')}): ${question.question}`;
    }
    if (question.kind === 'refused-call' && !isRefused(judged, question, evidence.ledger.calls)) {
      yield `${question.id} speaks of a refusal that no vendor gave: ${question.question}`;
    }
  }
}

/** A refused list names no key; then the order's own calls count, and the lists of that time. */
function isRefused(judged: Case, question: Question, calls: readonly Call[]): boolean {
  const until = question.answeredAt ?? new Date(Date.parse(question.openedAt) + READ_MS).toISOString();
  const named = callsAbout(judged, question, until);
  const meant = named.length > 0 ? named : calls.filter(({ at, key }) => at <= until && key === '');
  return [...meant, ...(named.length > 0 ? [] : judged.calls)].some(({ outcome }) => outcome === 'refused');
}

/** `it happened` was said of what had happened, `send it again` of what had not. */
export function* answerWasTrue(judged: Case): Iterable<string> {
  for (const question of all(judged)) {
    const { kind, choice, answeredAt, id } = question;
    if (kind !== 'unknown-outcome' || answeredAt === null || fact(question, 'what came back') === undefined) continue;
    const about = callsAbout(judged, question, answeredAt).filter(isWrite);
    const meant = about[0];
    const hasHappened = about.some(({ operation, effects }) => operation === meant?.operation && effects > 0);
    const isOrWas = hasHappened || happenedBefore(judged, question, meant);
    if (choice === 'it happened' && !isOrWas) yield `${id}: said to have happened, but no call took effect`;
    if (choice === 'send it again' && hasHappened)
      yield `${id}: sent again although call ${about.find(({ effects }) => effects > 0)?.n} had taken effect`;
  }
}

/** An earlier attempt of the same call, alone or gathered with others, may be the one that took effect. */
const happenedBefore = ({ calls }: Case, { answeredAt }: Question, meant: Call | undefined): boolean =>
  meant !== undefined &&
  calls.some(
    (call) =>
      call.operation === meant.operation &&
      keysIn(call).some((key) => keysIn(meant).includes(key)) &&
      call.effects > 0 &&
      call.at <= (answeredAt ?? ''),
  );
