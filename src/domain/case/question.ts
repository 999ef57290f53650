import type { Decision } from './decision';

/**
 * A question that a workflow may ask, as data: the workflow that asks it, the page of its process, the inbox and the robots
 * that prove durability read the same.
 */
export interface CataloguedQuestion {
  /** What it is found by; unique among all questions. */
  readonly topic: string;
  /** What people filter by, in small letters and hyphens: one of those that are there where it fits (`decisionKinds`). */
  readonly kind: string;
  /** What is asked; `{names}` stand for what is filled in. */
  readonly question: string;
  /** What a person looks at before answering. */
  readonly lookAt: string;
  /** The choices, in the order they are offered, with what each does. */
  readonly choices: Readonly<Record<string, string>>;
}

/** The names that are filled into a text. */
export type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;

/** The choices of a question. */
export type ChoiceOf<Q extends CataloguedQuestion> = keyof Q['choices'] & string;

/** The text with its `{names}` filled in; what is filled in is not looked at again. */
export function fill<S extends string>(text: S, values: Readonly<Record<Names<S>, string>>): string {
  const known = new Map<string, string>(Object.entries(values));
  return text.replaceAll(/\{(\w{1,40})\}/g, (place, name: string) => known.get(name) ?? place);
}

export const choicesOf = <Q extends CataloguedQuestion>({ choices }: Q): readonly ChoiceOf<Q>[] => Object.keys(choices);

export const isChoiceOf = <Q extends CataloguedQuestion>({ choices }: Q, choice: string): choice is ChoiceOf<Q> =>
  Object.hasOwn(choices, choice);

/** Whether an open question is this one, and about this, where that is said. */
export const isOf = ({ topic, about }: Decision, question: CataloguedQuestion, of?: string): boolean =>
  topic === question.topic && (of === undefined || about === of);
