import type { Client } from '@temporalio/client';
import { colour } from '../colour';
import type { Decision } from '../../domain/decision';
import { age, note, print, printJson, table } from '../output';
import { withClient } from '../temporal-client';

export interface InboxOptions {
  readonly json?: boolean;
}

/** An open decision, and the workflow that asks it. */
interface OpenDecision extends Decision {
  readonly workflowId: string;
  /** What `approve`, `reject` and `decide` take: the order reference, or the workflow id of what is no order. */
  readonly order: string;
}

const AT_ONCE = 8;
const QUERY = 'ExecutionStatus = "Running" AND WaitingFor = "decision"';

/** Every open decision of every running workflow, oldest first. */
async function openDecisions(client: Client): Promise<OpenDecision[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: QUERY })) ids.push(workflowId);
  const found: OpenDecision[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const asked = ids.slice(from, from + AT_ONCE).map((id) => decisionsOf(client, id));
    found.push(...(await Promise.all(asked)).flat());
  }
  return found.toSorted((a, b) => a.openedAt.localeCompare(b.openedAt));
}

async function decisionsOf(client: Client, workflowId: string): Promise<OpenDecision[]> {
  const progress = await client.workflow
    .getHandle(workflowId)
    .query<{ readonly decisions: readonly Decision[] }>('progress');
  const order = workflowId.replace(/^purchase-order:/, '');
  return progress.decisions.map((decision) => ({ ...decision, workflowId, order }));
}

export async function showInbox({ json }: InboxOptions): Promise<void> {
  const decisions = await withClient(openDecisions);
  if (json) return printJson(decisions);
  if (decisions.length === 0) return note('Nothing waits for a decision.');
  return print(
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
    ),
  );
}
