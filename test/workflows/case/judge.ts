import type { Decision } from '../../../src/domain/case/decision';
import { type Cell, isOnAndOn, NO_ANSWER } from './carry-out-cells';
import type { SmallProgress } from './small-case';
import type { Book, Entry } from './small-vendor';

/** What stands in the vendor's books about one case, and what the case says of itself. */
export interface Evidence {
  readonly cell: Cell;
  readonly first: Book;
  readonly second: Book;
  readonly told: SmallProgress;
}

type Call = Extract<Entry, { kind: 'call' }>;

/** So many unknown ends in a row are told as steps. */
const TOLD = 3;
/** So often is a call sent once more by itself whose session was lost. */
const SESSIONS = 3;

/**
 * What is wrong with how a case ended, by the vendor's books alone: no list of expected ends, but what must be true of
 * every one of them.
 */
export const complaints = (evidence: Evidence): readonly string[] =>
  [doubled, lost, blind, untrue, silent, early, untried].flatMap((invariant) => invariant(evidence));

/** At most one effect ever, undone ones too. */
const doubled = ({ first, second }: Evidence): string[] =>
  [first, second].flatMap(({ effects }) => (effects.length > 1 ? [`${effects.length} effects`] : []));

/** Where it says done, it stands; where it says otherwise, nothing does, and somebody wanted it so. */
function lost({ cell: { way, mode }, first, second, told: { stage } }: Evidence): string[] {
  const standing = [first.standing.length, second.standing.length].join();
  const should = stage === 'done' ? '1,1' : '0,0';
  const [last] = first.calls.slice(-1);
  const reasons: Readonly<Record<string, boolean>> = {
    done: true,
    'given up': way === 'called off meanwhile' || first.answers.at(-1)?.choice === 'give up',
    overtaken: way === 'overtaken meanwhile',
    refused: mode.refused === 'throw' && last?.end === 'refused',
  };
  return [
    ...(standing === should ? [] : [`it says ${stage}, and there stand ${standing}`]),
    ...(reasons[stage] === true ? [] : [`${stage}, and nobody wanted it so`]),
  ];
}

/** Nothing is sent again unless it is known that it may be. */
function blind({ cell, first: { entries } }: Evidence): string[] {
  const wrong: string[] = [];
  let since: Entry[] = [];
  let last: Call | undefined;
  let sessions = 0;
  for (const entry of entries) {
    if (entry.kind !== 'call') {
      since.push(entry);
      continue;
    }
    const between = since;
    const answered = (choice: string): boolean =>
      between.some((each) => each.kind === 'answer' && each.choice === choice);
    const why = last === undefined ? null : whyNotAgain(cell, last, between, answered);
    if (why !== null) wrong.push(`sent again ${why}`);
    if (between.some(isSettled)) wrong.push('sent after a person had settled it');
    sessions = entry.end === 'session lost' && !answered('try again') ? sessions + 1 : 0;
    if (sessions > SESSIONS + 1) wrong.push('sent on and on without a session');
    last = entry;
    since = [];
  }
  return wrong;
}

/** Of a vendor that is silent a call may be under way while the answer is on its way. */
const isSettled = (entry: Entry): boolean =>
  entry.kind === 'answer' &&
  entry.topic !== 'silent-vendor' &&
  ['it happened', 'done by hand', 'give up'].includes(entry.choice);

function whyNotAgain(
  { mode, way }: Cell,
  { end }: Call,
  between: readonly Entry[],
  answered: (choice: string) => boolean,
): string | null {
  if (way === 'overtaken meanwhile' || way === 'called off meanwhile') return 'although it was not wanted any more';
  if (end === 'done') return 'although it was done';
  if (end === 'refused') return answered('try again') ? null : 'although it was refused';
  if (end === 'not sent' || end === 'session lost') return null;
  if (mode.effect === 'sets') return null;
  const looks = between.flatMap((entry) => (entry.kind === 'look' ? [entry] : []));
  if (mode.find !== null && looks.length === 0) return 'without a look';
  if (mode.find === 'all' && looks.some(({ isThere }) => isThere)) return 'although it was there';
  const mustAsk = mode.otherwise === 'ask' || mode.find === 'not enough';
  return mustAsk && !answered('send it again') ? 'and nobody was asked' : null;
}

/** Who is asked is told what the books say, and is asked only what the books do not tell. */
function untrue({ cell, first: { entries } }: Evidence): string[] {
  return entries.flatMap((entry, at) => {
    if (entry.kind !== 'question') return [];
    const before = entries.slice(0, at);
    const why = whyUntrue(cell, entry.asked, before);
    return why === null ? [] : [`asked ${entry.asked.topic} ${why}`];
  });
}

function whyUntrue({ mode, fault }: Cell, { topic, facts }: Decision, before: readonly Entry[]): string | null {
  const calls = before.flatMap((entry) => (entry.kind === 'call' ? [entry] : []));
  const last = calls.at(-1);
  const said = (label: string): string => facts.find((fact) => fact.label === label)?.value ?? '';
  switch (topic) {
    case 'refused-call':
      if (last?.end !== 'refused' && last?.end !== 'session lost') return 'although nothing was refused';
      return said('refusal') === last.text ? null : `with '${said('refusal')}'`;
    case 'unknown-outcome': {
      const told = said('what came back');
      if (last === undefined) return mode.lookFirst && mode.find === 'not enough' ? null : 'before anything was sent';
      if (last.end !== 'unknown') return `although it is known: ${last.end}`;
      if (mode.otherwise === 'send again' && mode.find !== 'not enough') return 'although it could be found out';
      if (mode.find !== null && before.at(-1)?.kind !== 'look') return 'without a look';
      return told === last.text || (fault.type === NO_ANSWER && told.startsWith('no answer within'))
        ? null
        : `with '${told}'`;
    }
    case 'silent-vendor': {
      const told = said('what came back last');
      const isTrue = calls.some(({ end, text }) => (end === 'unknown' || end === 'not sent') && text === told);
      return isTrue ? null : `with '${told}'`;
    }
    default:
      return 'which nobody expects';
  }
}

/** Every unknown end, every answer and every other way out is told, and nothing is left open. */
function silent({ cell: { fault }, first, told: { steps, stage, audit, decisions, hangs } }: Evidence): string[] {
  const texts = steps.map(({ text }) => text);
  const unknown = first.calls.filter(({ end }) => end === 'unknown').slice(0, TOLD);
  const toldUnknown = texts.filter((text) => text.startsWith('outcome unknown: '));
  const wanted = unknown.map(({ text }) => (fault.type === NO_ANSWER ? 'no answer within' : `(${text})`));
  const isTold = wanted.length === toldUnknown.length && wanted.every((text, at) => toldUnknown[at]?.includes(text));
  const answers = audit.filter(({ result, by }) => result === 'accepted' && by === 'olga').map(({ choice }) => choice);
  const given = first.answers.map(({ choice }) => choice);
  const leaves: Readonly<Record<string, RegExp>> = {
    'given up': /^given up by |is no longer asked: the case is cancelled$/,
    overtaken: /^no longer wanted so/,
    refused: /^the vendor will not have it: call /,
  };
  const adopted = texts.some((text) => text.startsWith('found, adopted') || text.startsWith('refused, and so already'));
  return [
    ...(isTold ? [] : [`of ${wanted.join()} it tells ${toldUnknown.join()}`]),
    ...(answers.join() === given.join() ? [] : [`of the answers ${given.join()} it keeps ${answers.join()}`]),
    ...(stage === 'done' || texts.some((text) => leaves[stage]?.test(text)) ? [] : [`${stage} in silence`]),
    ...(adopted && first.effects.length === 0 ? ['it says that it found what never stood there'] : []),
    ...(decisions.length + hangs.length === 0 ? [] : ['it has ended, and something is still open']),
  ];
}

/** What is to be waited for is waited for; the second call comes after the first is certain. */
function early({ cell: { fault, way }, first, second }: Evidence): string[] {
  const { retryAfterMs = 0 } = fault;
  const calls = first.calls;
  const gaps = isOnAndOn(way) ? [] : calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0));
  return [
    ...(gaps.some((gap) => gap < retryAfterMs) ? [`sent again after ${gaps.join()} ms`] : []),
    ...(second.calls.length > 1 ? ['the second call was sent twice'] : []),
    ...(second.calls.some(({ at }) => at < (calls.at(-1)?.at ?? 0)) ? ['the second call came before the first'] : []),
  ];
}

/** A fault that never fell proves nothing. */
function untried({ cell: { fault, mode }, first: { calls, answers } }: Evidence): string[] {
  if (fault.name === 'none' || calls.some(({ fell }) => fell)) return [];
  const isSettledBefore = mode.lookFirst === true && answers.length > 0 && calls.length === 0;
  return isSettledBefore ? [] : [`${fault.name} never fell`];
}
