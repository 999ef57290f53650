import type { Evidence } from './evidence';

const LONGEST_HISTORY = 10_000;

/** A writing call that is not safe to repeat is never repeated by the engine. */
export function* oneAttempt({ histories, expectations }: Evidence): Iterable<string> {
  for (const { workflowId, starts } of histories) {
    for (const { activity, attempt } of starts) {
      if (attempt > 1 && expectations.once.includes(activity)) yield `${workflowId}: attempt ${attempt} of ${activity}`;
    }
  }
}

/** Histories stay short, and no workflow task ever fails. */
export function* soundHistories({ histories }: Evidence): Iterable<string> {
  for (const { workflowId, events, failedTasks } of histories) {
    if (events >= LONGEST_HISTORY) yield `${workflowId}: ${events} events`;
    for (const cause of failedTasks) yield `${workflowId}: a workflow task failed: ${cause}`;
  }
}

/** No credential anywhere a person or another program can read. */
export function* secretFree({ histories, ledger, logs, expectations }: Evidence): Iterable<string> {
  const places = [
    ...histories.map(({ workflowId, text }) => [workflowId, text] as const),
    ['the ledger', JSON.stringify(ledger)] as const,
    ['the logs', logs.join('\n')] as const,
  ];
  for (const [place, text] of places) {
    for (const secret of expectations.secrets) if (text.includes(secret)) yield `a credential stands in ${place}`;
  }
}

/** A run in which a fault never fell has proved nothing about it. */
export function* faultsFired({ expectations }: Evidence): Iterable<string> {
  for (const { cell, operation, fault, fired } of expectations.faults) {
    if (fired === 0) yield `${fault} never fell on ${operation} (${cell})`;
  }
}
