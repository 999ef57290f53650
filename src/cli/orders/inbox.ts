import { CliError } from '../../terminal/cli-error';
import { age, colour, joined, note, print, printJson, say, table, type Printable } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { openDecisions, type DecisionFilter, type Found, type OpenDecision } from './open-decisions';
import { standing } from './standing';

export interface InboxOptions extends DecisionFilter {
  readonly json?: boolean;
}

/** How long the whole inbox may take: each order has a limit of its own. */
export const INBOX_MS = 120_000;

/** Prints the open decisions the filter lets through, oldest first. @throws CliError where an order does not answer. */
export async function showInbox({ json, ...filter }: InboxOptions): Promise<void> {
  const { decisions, silent, besides } = await withClient(async (client) => {
    const found = await openDecisions(client, filter);
    return { ...found, besides: await standing(client) };
  }, INBOX_MS);
  if (json) printJson(decisions);
  else if (decisions.length > 0) print(decisionsTable(decisions));
  else if (silent.length === 0) note(nothing(filter));
  for (const { says } of besides) note(says);
  throwIfSilent(silent);
}

const nothing = (filter: DecisionFilter): Printable =>
  Object.values(filter).some((value) => value !== undefined)
    ? say`No open decision matches.`
    : say`No decision is open.`;

/** Decisions as a person reads them. */
export const decisionsTable = (decisions: readonly OpenDecision[]): Printable =>
  table(
    ['ORDER', 'DECISION', 'AGE', 'FOR', 'CHOICES', 'QUESTION'],
    decisions.map(({ order, id, openedAt, approvers, choices, question }) => [
      order,
      { text: id, paint: colour.yellow },
      age(openedAt),
      approvers.length === 0 ? 'anyone' : approvers.join(', '),
      choices.join(' | '),
      question,
    ]),
  );

/** @throws CliError that names who did not answer: a list that may be short must not look whole. */
export function throwIfSilent(silent: Found['silent']): void {
  const [first] = silent;
  if (first === undefined) return;
  const ids = joined(silent.map(({ workflowId }) => workflowId));
  throw new CliError(say`The list may be incomplete: ${ids} did not answer (${first.because})`);
}
