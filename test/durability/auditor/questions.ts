import { keysIn, type Case } from './case';
import type { Call, Evidence, Question } from './evidence';

/** An instant of the sandbox and one of a workflow may differ by a clock's tick. */
const TICK_MS = 50;

/** A workflow's clock stands still while a read of its own turn goes on. */
const READ_MS = 10_000;

const fact = ({ facts }: Question, label: string): string | undefined =>
  facts.find((each) => each.label === label)?.value;

/** The vendor's own name of the call that a question says it is about. */
const operationOf = (question: Question): string | undefined => fact(question, 'call')?.split(' ').at(-1);

/** Calls that a question can be about: its facts name their key, and they came after what it calls the sending. */
function callsAbout({ calls }: Case, question: Question, until: string): readonly Call[] {
  const values = new Set(question.facts.flatMap(({ value }) => [value, value.split('#')[0] ?? '']));
  const sentAt = Date.parse(fact(question, 'scheduled at') ?? '1970-01-01T00:00:00Z') - TICK_MS;
  return calls.filter(
    (call) =>
      Date.parse(call.at) >= sentAt && call.at <= until && keysIn(call).some((key) => key !== '' && values.has(key)),
  );
}

/** Those of them that are the very call it names. */
function callsNamed(judged: Case, question: Question, until: string): readonly Call[] {
  return callsAbout(judged, question, until).filter(({ operation }) => operation === operationOf(question));
}

/** A question about a call whose outcome nobody knows; what is merely looked for again is another. */
const isAboutOutcome = ({ topic }: Question): boolean => topic === 'unknown-outcome';

const all = ({ told }: Case): readonly Question[] => [...(told?.questions ?? []), ...(told?.open ?? [])];

/** What a question says was sent, was sent; what it says was refused, was refused. */
export function* questionTellsTruth(judged: Case, evidence: Evidence): Iterable<string> {
  for (const question of all(judged)) {
    if (isAboutOutcome(question)) {
      if (operationOf(question) === undefined) yield `${question.id} does not say which call it is about`;
      if (fact(question, 'scheduled at') === undefined) yield `${question.id} does not say when it was scheduled`;
      if (callsNamed(judged, question, question.openedAt).length === 0 && !isLost(judged, question))
        yield `${question.id} speaks of a call that never reached a vendor (${fact(question, 'what came back')}): ${question.question}`;
    }
    if (question.kind === 'refused-call' && !isRefused(judged, question, evidence.ledger.calls)) {
      yield `${question.id} speaks of a refusal that no vendor gave: ${question.question}`;
    }
  }
}

/** Where the worker itself was lost or out of time, not even the worker knows whether anything was sent. */
function isLost({ told }: Case, question: Question): boolean {
  const scheduledAt = fact(question, 'scheduled at') ?? question.openedAt;
  return (told?.unknown ?? []).some(
    ({ at, isLost: isSo }) => isSo && at >= scheduledAt && Date.parse(at) <= Date.parse(question.openedAt) + TICK_MS,
  );
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
    const { choice, answeredAt, id } = question;
    if (!isAboutOutcome(question) || answeredAt === null) continue;
    const about = callsNamed(judged, question, answeredAt);
    const hasHappened = about.some(({ effects }) => effects > 0);
    const isOrWas = hasHappened || happenedBefore(judged, question, about[0]);
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
