import type { Answer } from '../../domain/case/decision';
import { decideUpdate } from '../../../workflows/case/messages';
import { print, printJson, say } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { loginName } from './login-name';
import { sendUpdate } from './update';

export interface AnswerOptions {
  readonly decision?: string;
  readonly by?: string;
  readonly reason?: string;
  readonly json?: boolean;
}

/**
 * Answers a decision through the Update `decide`, so that a refusal is told at once.
 *
 * @throws CliError with the reason, where the answer is refused.
 */
export async function answer(order: string, options: AnswerOptions & { readonly choice: string }): Promise<void> {
  const { choice, decision, reason, by = loginName(), json } = options;
  const given: Answer = {
    choice,
    by,
    ...(decision === undefined ? {} : { decision }),
    ...(reason === undefined ? {} : { reason }),
  };
  const workflowId = workflowIdOf(order);
  const receipt = await withClient((client) => sendUpdate(client, workflowId, decideUpdate, given));
  if (json) return printJson({ workflowId, ...receipt, choice, by });
  return print(say`${order}: '${choice}' was accepted for ${receipt.id ?? 'the decision'}, by ${by}.`);
}
