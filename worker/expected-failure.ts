import { types } from 'node:util';
import { purchaseOrderWorkflowId } from '../src/domain/case/names';

type Attributes = Readonly<Record<string, unknown>>;

/** The classes by which Temporal and we say that something did not come about; any other error is a fault of a program. */
const FAILURES = /^(Application|Activity|ChildWorkflow|Timeout|Cancelled|Terminated|Server)Failure\b/;

/** What a failure says of its call (`activities/failure.ts`), and no more: its other members may hold anything. */
const FACTS = ['vendor', 'operation', 'code', 'status', 'requestId'] as const;

const ORDER = purchaseOrderWorkflowId('');

const isAttributes = (value: unknown): value is Attributes => typeof value === 'object' && value !== null;

/**
 * By its stack, where it has lost its name, as all do that come out of a workflow's own thread. Of what Temporal itself made to
 * tell of a call, such as an ActivityFailure, nothing is left there but its cause.
 */
const isFailure = ({ name, stack = '', cause }: Error): boolean =>
  FAILURES.test(name) || FAILURES.test(stack) || (stack === '' && cause !== undefined);

/** The failure and its causes, outermost first. */
function chainOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  // By what it is, not by its class: an error of a workflow is of another realm.
  for (let link = error; types.isNativeError(link) && !chain.includes(link); link = link.cause) chain.push(link);
  return chain;
}

const reasonOf = (failure: Error): string => {
  const type = 'type' in failure && typeof failure.type === 'string' ? `${failure.type}: ` : '';
  return `${type}${failure.message}`;
};

function factsOf(failure: Error | undefined): Attributes {
  const details: unknown = failure !== undefined && 'details' in failure ? failure.details : undefined;
  const facts: unknown = Array.isArray(details) ? details[0] : undefined;
  if (!isAttributes(facts)) return {};
  return Object.fromEntries(FACTS.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])));
}

function orderOf({ workflowId }: Attributes): Attributes {
  return typeof workflowId === 'string' && workflowId.startsWith(ORDER)
    ? { order: workflowId.slice(ORDER.length) }
    : {};
}

/**
 * The attributes of a log line with a failure that is part of the trade (a vendor that cannot be reached, refuses, or is not
 * understood) as one text without a stack, the vendor, operation and code beside it, and the order it is about. An
 * unexpected error, or an expected one caused by such, stays as it is.
 */
export function expectedFailure(attributes: Attributes | object): object {
  const { error, taskToken: _, ...others }: Attributes = { ...attributes };
  const chain = chainOf(error);
  if (chain.length === 0 || !chain.every(isFailure)) return attributes;
  const innermost = chain.at(-1);
  return {
    ...others,
    ...orderOf(others),
    ...factsOf(innermost),
    error: chain.map(reasonOf).filter(Boolean).join(': '),
  };
}
