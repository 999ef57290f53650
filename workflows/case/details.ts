import { setCurrentDetails } from '@temporalio/workflow';
import { answerCommand } from '../../src/domain/values/command-line';
import type { Decision } from '../../src/domain/case/decision';
import type { ListedTask } from '../../src/domain/case/progress';
import { asMarkdown, joined, lines, type Markdown } from '../../src/domain/values/markdown';

/** Rewrites the current details of the Web UI, which renders them as Markdown; costs no event. */
export const showDetails = (details: Markdown): void => setCurrentDetails(details.toString());

/**
 * One open question: what is asked, who may answer, and how.
 *
 * @param operand what commands take for the workflow that asks
 */
export function questionDetails(operand: string, decision: Decision): Markdown[] {
  const { id, question: text, facts, choices, approvers, excluded, deadline, atDeadline } = decision;
  const who = approvers.length === 0 ? 'anyone' : joined(approvers, COMMA);
  const not = excluded.length === 0 ? '' : asMarkdown`, not ${joined(excluded, COMMA)}`;
  const then = atDeadline === null ? '' : asMarkdown`, then '${atDeadline}'`;
  const commands = choices.map((choice) => answerCommand(operand, id, choice, { by: 'you' }));
  return [
    asMarkdown`#### Decision ${id}`,
    asMarkdown`${text}`,
    ...(facts.length === 0 ? [] : [lines(facts.map(({ label, value }) => asMarkdown`- ${label}: ${value}`))]),
    asMarkdown`For: ${who}${not}${deadline === null ? '' : asMarkdown` · by ${deadline}${then}`}`,
    asMarkdown`Answer: ${joined(commands, OR)}${signalHint(decision)}`,
  ];
}

/** What is left to be done by hand. */
export function taskDetails(listed: readonly ListedTask[]): Markdown[] {
  const open = listed.filter(({ done }) => done === undefined);
  if (open.length === 0) return [];
  return [lines([asMarkdown`#### To do by hand`, ...open.map(({ id, task }) => asMarkdown`- ${task} (${id})`)])];
}

/** Between the entries of a list in a line. */
export const COMMA = asMarkdown`, `;
const OR = asMarkdown` or `;

function signalHint({ choices, approvers, excluded, needsName }: Decision): Markdown {
  if (!choices.includes('approve')) return asMarkdown`.`;
  const isOpen = approvers.length === 0 && excluded.length === 0 && !needsName;
  const input = isOpen ? asMarkdown`its input may stay empty` : asMarkdown`with the input \`{"by": "your name"}\``;
  return asMarkdown`, or send the signal \`approve\` or \`reject\` from here (${input}).`;
}
