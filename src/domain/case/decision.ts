import {
  ANONYMOUS,
  isAnonymous,
  isBlankName,
  isSameName,
  LONGEST_NAME,
  lookAlike,
  unclearName,
  unknownCharacter,
} from './person-names';

/**
 * A question only a person may answer: one mechanism for approvals, unknown outcomes, mismatches, records that map to
 * nothing, short deliveries and failed compensations (docs/processes/purchase-order.md#every-decision).
 */
export interface Decision {
  /** Unique within its workflow: `approval-1`, `unknown-outcome-2`. */
  readonly id: string;
  readonly kind: string;
  /** Which question of the catalogue it is. */
  readonly topic: string;
  /** The key of the record it is about, where a topic may be asked of several. */
  readonly about: string | null;
  readonly question: string;
  readonly facts: readonly Fact[];
  /** What may be answered; `approve` and `reject` are what the two signals stand for. */
  readonly choices: readonly string[];
  /** Who may answer, by these very names; empty means anyone who can reach Temporal. */
  readonly approvers: readonly string[];
  /** Who must not answer although named, nor anyone whose name looks like theirs: nobody approves what is their own. */
  readonly excluded: readonly string[];
  /**
   * It always must where somebody is excluded: an answer without a name would pass the exclusion.
   */
  readonly needsName: boolean;
  /** ISO instant. */
  readonly openedAt: string;
  /** ISO instant, or null for none. */
  readonly deadline: string | null;
  /** The choice taken at the deadline, or null: then it is only reminded of. */
  readonly atDeadline: string | null;
  /** How often a reminder fell due. */
  readonly reminders: number;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Answer {
  /** Without it, the answer counts only where exactly one open decision offers the choice. */
  readonly decision?: string;
  readonly choice: string;
  /** @default `web-ui`, refused where approvers are named. */
  readonly by?: string;
  readonly reason?: string;
}

/** One line of the audit: every answer that came, taken or refused. */
export interface AuditEntry {
  /** ISO instant. */
  readonly at: string;
  readonly decision: string | null;
  readonly choice: string;
  readonly by: string;
  readonly reason: string | null;
  readonly result: 'accepted' | 'refused' | 'deadline';
  /** Why an answer was refused. */
  readonly because: string | null;
}

export type Judgement =
  | { readonly verdict: 'accepted'; readonly decision: Decision }
  | { readonly verdict: 'refused'; readonly decision: string | null; readonly because: string };

const refused = (decision: string | null, because: string): Judgement => ({ verdict: 'refused', decision, because });

/** The choice that stands for "the question is no longer asked": the order was cancelled or changed meanwhile. */
export const WITHDRAWN = 'withdrawn';

/** What is known of the questions that are no longer open. */
export interface Past {
  /** Oldest first, as far back as it is kept. */
  readonly audit: readonly AuditEntry[];
  /** How many questions the workflow has asked; the number at the end of an id counts them. */
  readonly asked: number;
}

/** How a question ended, as the audit has it. */
type Ended = Pick<AuditEntry, 'at' | 'decision' | 'choice' | 'by' | 'reason' | 'result'>;

/** The end of the named question, or of the one that ended last. */
const endOf = ({ audit }: Past, id?: string): Ended | undefined =>
  audit.findLast(({ decision, result }) => result !== 'refused' && (id === undefined || decision === id));

/** What became of a question, in one sentence. */
function told({ at, decision, choice, by, reason, result }: Ended): string {
  const why = reason === null ? '' : `: ${reason}`;
  if (choice === WITHDRAWN) return `${decision} was taken back by ${by} at ${at}${why}`;
  if (result === 'deadline') return `${decision} was decided by its deadline at ${at}: '${choice}'`;
  return `${decision} was answered by ${by} at ${at}: '${choice}'${reason === null ? '' : ` (${reason})`}`;
}

const openNow = (open: readonly Decision[]): string =>
  open.length === 0 ? 'nothing is asked now' : `asked now: ${open.map(({ id }) => id).join(', ')}`;

/** Why an answer to a question that is not open does not count. */
function notOpen(id: string, open: readonly Decision[], past: Past): string {
  const end = endOf(past, id);
  if (end !== undefined) return `${told(end)}; ${openNow(open)}`;
  const number = Number(/^[a-z-]{1,40}-(\d{1,9})$/.exec(id)?.[1] ?? 0);
  // Another question may have the number: then this one was never asked.
  const ended = past.audit.filter(({ result }) => result !== 'refused').map(({ decision }) => decision ?? '');
  const isAnothers = [...open.map((asked) => asked.id), ...ended].some((known) => known.endsWith(`-${number}`));
  return number >= 1 && number <= past.asked && !isAnothers
    ? `${id} is no longer open, and how it ended is no longer kept here: look at the history in the Web UI; ${openNow(open)}`
    : `there is no decision ${id}; ${openNow(open)}`;
}

function addressed(answer: Answer, open: readonly Decision[], past: Past): Decision | Judgement {
  if (answer.decision !== undefined) {
    const named = open.find(({ id }) => id === answer.decision);
    return named ?? refused(answer.decision, notOpen(answer.decision, open, past));
  }
  const offering = open.filter(({ choices }) => choices.includes(answer.choice));
  const [only] = offering;
  if (offering.length === 1 && only !== undefined) return only;
  if (offering.length > 1) {
    return refused(
      null,
      `${offering.length} open decisions offer '${answer.choice}': name one (${offering.map(({ id }) => id).join(', ')})`,
    );
  }
  const last = endOf(past);
  const before = last === undefined ? '' : `; the last question: ${told(last)}`;
  return refused(null, `no open decision offers '${answer.choice}'${before}`);
}

/** Whether an answer counts, and for which of the open decisions; pure, so that the workflow and the tests agree. */
export function judge(answer: Answer, open: readonly Decision[], past: Past): Judgement {
  const found = addressed(answer, open, past);
  if ('verdict' in found) return found;
  if (!found.choices.includes(answer.choice)) {
    return refused(found.id, `'${answer.choice}' is no choice of ${found.id} (${found.choices.join(', ')})`);
  }
  const because = nameRefusal(found, answer.by ?? ANONYMOUS);
  return because === undefined ? { verdict: 'accepted', decision: found } : refused(found.id, because);
}

/** Why this name may not answer; undefined where it may. */
function nameRefusal({ id, approvers, excluded, needsName }: Decision, by: string): string | undefined {
  if (by.length > LONGEST_NAME) return `a name has at most ${LONGEST_NAME} characters, and this one ${by.length}`;
  if (isBlankName(by)) return 'a name must not be blank: leave it out, or say who decides';
  const isOpen = approvers.length === 0 && excluded.length === 0 && !needsName;
  if (isOpen) return undefined;
  if (isAnonymous(by)) {
    return approvers.length > 0
      ? `${ANONYMOUS} may not answer ${id}: it is for ${approvers.join(', ')}`
      : `${id} needs a name: some may not answer it`;
  }
  const plain = by.trim();
  if (excluded.some((name) => lookAlike(name, by) || isSameName(name, by))) {
    return `${plain} may not decide on an order of their own`;
  }
  const unclear = unclearName(by);
  if (unclear !== undefined) return unclear;
  const isNamed = approvers.some((name) => isSameName(name, by));
  if (approvers.length > 0 && !isNamed) return `${plain} may not answer ${id}: it is for ${approvers.join(', ')}`;
  const unknown = unknownCharacter(by);
  if (unknown === undefined || isNamed) return undefined;
  return `the name has a character that cannot be told from others here (${unknown}): write it plainly`;
}
