import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { decideUpdate } from '../../../workflows/case/messages';
import { CliError, exitCodes } from '../../terminal/cli-error';
import { canAsk, isConfirmed } from '../confirm';
import { joined, note, print, printJson, say, type Printable } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { decisionsTable, INBOX_MS, throwIfSilent } from './inbox';
import { loginName } from './login-name';
import { openDecisions, type DecisionFilter, type OpenDecision } from './open-decisions';
import { sendUpdate } from './update';

export interface DecideManyOptions extends DecisionFilter {
  readonly kind: string;
  readonly choice: string;
  readonly by?: string;
  readonly reason?: string;
  /** Answers without asking back. */
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** What became of one answer. */
interface Answered {
  readonly workflowId: string;
  readonly order: string;
  readonly decision: string;
  readonly status: 'accepted' | 'refused';
  /** Why it was refused. */
  readonly reason: string | null;
}

/** Each answer waits for a worker no longer than this. */
const ANSWER_MS = 20_000;

/**
 * Answers every open decision that the filter lets through and that offers the choice, one by one, oldest first.
 *
 * @throws CliError where any is refused; the others are answered all the same.
 */
export async function decideMany(options: DecideManyOptions): Promise<void> {
  const { kind, customer, order, approver, olderThan, choice, by = loginName(), json } = options;
  const filter = {
    kind,
    ...(customer === undefined ? {} : { customer }),
    ...(order === undefined ? {} : { order }),
    ...(approver === undefined ? {} : { approver }),
    ...(olderThan === undefined ? {} : { olderThan }),
  };
  if (options.yes !== true && !canAsk()) {
    throw new CliError(
      say`No terminal to confirm on. Nothing was answered. --yes answers without confirmation.`,
      exitCodes.wrongUse,
    );
  }
  const { decisions: found, silent } = await withClient((client) => openDecisions(client, filter), INBOX_MS);
  const decisions = offering(found, choice);
  const answered: Answered[] = [];
  try {
    const named = { ...options, by };
    if (await isWanted(decisions, named)) await answerAll(decisions, named, (each) => answered.push(each));
  } finally {
    // Also where it breaks off in the middle: what was answered is answered.
    if (json) printJson(answered);
  }
  throwIfSilent(silent);
  const refused = answered.filter(({ status }) => status === 'refused').length;
  if (refused > 0) throw new CliError(say`${refused} of ${answered.length} were refused.`);
}

/** Those that offer the choice. @throws CliError where there are some, and none does: it is mistyped. */
function offering(found: readonly OpenDecision[], choice: string): readonly OpenDecision[] {
  const decisions = found.filter(({ choices }) => choices.includes(choice));
  const others = found.length - decisions.length;
  if (others > 0 && decisions.length === 0) {
    const offered = [...new Set(found.flatMap(({ choices }) => choices))].map((each) => say`'${each}'`);
    throw new CliError(say`None of ${others} open decisions offers '${choice}'; they offer ${joined(offered)}.`);
  }
  if (others > 0) note(say`${others} more do not offer '${choice}' and stay open.`);
  return decisions;
}

type Named = DecideManyOptions & { readonly by: string };

/** @throws CliError where the person says no. */
async function isWanted(decisions: readonly OpenDecision[], { yes, choice, by }: Named): Promise<boolean> {
  if (decisions.length === 0) {
    note(say`No open decision matches. Nothing was answered.`);
    return false;
  }
  if (yes === true) return true;
  note(decisionsTable(decisions));
  const count = decisions.length === 1 ? 'this decision' : `these ${decisions.length} decisions`;
  if (await isConfirmed(say`Answer ${count} with '${choice}', as ${by}?`)) return true;
  throw new CliError(say`Not confirmed. Nothing was answered.`);
}

/** One by one, each told at once: where it is interrupted, what was printed is what was answered. */
async function answerAll(
  decisions: readonly OpenDecision[],
  options: Named,
  told: (answered: Answered) => void,
): Promise<void> {
  await withClient(async (client) => {
    for (const decision of decisions) {
      const answered = await client.withDeadline(Date.now() + ANSWER_MS, () => answerOne(client, decision, options));
      told(answered);
      if (!options.json) print(line(answered, options));
    }
  });
}

/** @throws whatever says nothing of this decision alone (no worker, no server). */
async function answerOne(
  client: Client,
  { workflowId, order, id: decision }: OpenDecision,
  { choice, by, reason }: Named,
): Promise<Answered> {
  const answer = { choice, decision, by, ...(reason === undefined ? {} : { reason }) };
  try {
    await sendUpdate(client, workflowId, decideUpdate, answer);
    return { workflowId, order, decision, status: 'accepted', reason: null };
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      return { workflowId, order, decision, status: 'refused', reason: error.cause?.message ?? error.message };
    }
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return { workflowId, order, decision, status: 'refused', reason: `${workflowId} has ended` };
  }
}

const line = ({ order, decision, status, reason }: Answered, { choice, by }: Named): Printable =>
  status === 'accepted'
    ? say`${order}: '${choice}' was accepted for ${decision}, by ${by}.`
    : say`${order}: ${decision} refused it: ${reason ?? ''}.`;
