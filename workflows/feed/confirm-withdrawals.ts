/**
 * Many orders vanished from Claritum's list together. A broken list is as likely as so many withdrawals, so a person is
 * asked, once for all of them; until then nothing is cancelled.
 */
import { allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Decision } from '../../src/domain/case/decision';
import { milliseconds } from '../../src/domain/values/duration';
import { asMarkdown, paragraphs } from '../../src/domain/values/markdown';
import type { OrderPolicy } from '../../src/domain/case/policy';
import { DecisionDesk, noDecisions } from '../case/decisions';
import { assertAnswer } from '../case/shapes';
import { isWithdrawn } from '../case/leaving';
import { showAttributes } from '../case/attributes';
import { questionDetails, showDetails } from '../case/details';
import { decideUpdate } from '../case/messages';
import {
  ordersExplainedSignal,
  ordersVanishedSignal,
  withdrawalsProgressQuery,
  type WithdrawalsProgress,
} from './messages';
import { orderWithdrawnSignal } from '../purchase-order/messages';
import { signalIfThere } from '../case/signal-if-there';
import { purchaseOrderWorkflowId } from '../../src/domain/case/names';
import { isExplained, isVanished } from './shapes';
import { manyVanished } from '../../src/domain/feed/questions';

export interface ConfirmWithdrawalsInput {
  readonly policy: OrderPolicy;
}

export type ConfirmWithdrawalsResult = WithdrawalsProgress;

/** How many references the question names. */
const MOST_NAMED = 20;
const ASKED_AGAIN = '1 day';

export async function confirmWithdrawals({ policy }: ConfirmWithdrawalsInput): Promise<ConfirmWithdrawalsResult> {
  const decisions = noDecisions();
  const desk = new DecisionDesk(decisions, () => show(decisions.open), policy.approval.remindEvery);
  let absent: readonly string[] = [];
  let listed = 0;
  const overtaken = (because: string): void => desk.withdrawAll('claritum', because);
  const withdrawn: string[] = [];
  const progress = (): WithdrawalsProgress => ({
    decisions: decisions.open,
    audit: decisions.audit,
    orderRef: null,
    absent,
    withdrawn,
  });
  setHandler(withdrawalsProgressQuery, progress);
  setHandler(decideUpdate, (answer) => desk.answer(answer), { validator: assertAnswer });
  setHandler(ordersVanishedSignal, (message) => {
    if (!isVanished(message)) return;
    absent = [...new Set([...absent, ...message.orderRefs])];
    ({ listed } = message);
    overtaken('more orders vanished');
  });
  setHandler(ordersExplainedSignal, (message) => {
    if (!isExplained(message)) return;
    absent = absent.filter((orderRef) => !message.orderRefs.includes(orderRef));
    overtaken('orders are listed again, or have ended');
  });

  await condition(() => absent.length > 0);
  while (absent.length > 0) {
    const answer = await asked(desk, absent, listed);
    if (answer === WERE_WITHDRAWN) {
      const meant = absent;
      absent = [];
      withdrawn.push(...meant);
      // Each looks for itself before it believes that; one that has ended meanwhile needs no telling.
      for (const orderRef of meant)
        await signalIfThere(purchaseOrderWorkflowId(orderRef), (order) => order.signal(orderWithdrawnSignal));
    } else if (answer === IS_BROKEN) {
      const before = absent;
      await condition(() => absent !== before, milliseconds(ASKED_AGAIN));
    }
    await condition(allHandlersFinished);
  }
  show([]);
  return progress();
}

type Choice = keyof typeof manyVanished.choices;

const WERE_WITHDRAWN: Choice = 'they were withdrawn';
const IS_BROKEN: Choice = 'the list is broken: wait';

/** Undefined where the question was overtaken. */
async function asked(desk: DecisionDesk, absent: readonly string[], listed: number): Promise<Choice | undefined> {
  const named = absent.slice(0, MOST_NAMED).join(', ');
  const more = absent.length > MOST_NAMED ? ` and ${absent.length - MOST_NAMED} more` : '';
  try {
    const { choice } = await desk.ask({
      of: manyVanished,
      values: { count: String(absent.length), listed: String(listed), named: `${named}${more}` },
      facts: [{ label: 'vanished', value: String(absent.length) }],
    });
    return choice;
  } catch (error) {
    if (!isWithdrawn(error)) throw error;
    return undefined;
  }
}

function show(open: readonly Decision[]): void {
  showAttributes({ WaitingFor: open.length > 0 ? 'decision' : '', Vendor: 'claritum' });
  const [question] = open;
  showDetails(
    question === undefined
      ? asMarkdown`No question is open.`
      : paragraphs(questionDetails(workflowInfo().workflowId, question)),
  );
}
