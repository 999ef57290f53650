import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';
import type { CasePolicy } from '../../src/domain/case/policy';

interface Running {
  readonly policy: Pick<CasePolicy, 'fulfilment'>;
}

/** Whether a history has become so long that the story goes on in another one. */
export function isLong({ policy }: Running): boolean {
  const { historyLength, continueAsNewSuggested } = workflowInfo();
  return continueAsNewSuggested || historyLength >= policy.fulfilment.longestHistory;
}

/**
 * Goes on in a new history where this one has become long: between two steps, with all that is known. Handlers finish first, so
 * that nothing is lost that arrived.
 *
 * @param anew continues as new with what the story has to know
 */
export async function continueIfLong<C extends Running>(
  running: C,
  anew: (running: C) => Promise<never>,
): Promise<void> {
  if (!isLong(running)) return;
  await condition(allHandlersFinished);
  await anew(running);
}
