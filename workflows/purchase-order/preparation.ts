import { approvalNeeded } from '../../src/domain/approval';
import type { Order } from './order';
import { givenUp } from '../calls';

/** Stores the specification and the attachments, and resolves what the other systems call everything in the order. */
export async function prepare(order: Order): Promise<void> {
  const { orderRef, attachments } = order.state.order;
  order.state.documents = await order.vendors.claritum.storeDocuments({ orderRef, attachments });
  order.note(`stored ${order.state.documents.length} documents`);
  await resolvePlan(order);
}

async function resolvePlan(order: Order): Promise<void> {
  for (let fresh = false; ; fresh = true) {
    const now = new Date().toISOString();
    const result = await order.vendors.planning.resolveOrder({ order: order.state.order, now, fresh });
    if (result.kind === 'planned') {
      order.state.plan = result.plan;
      return;
    }
    const { choice, by } = await order.desk.ask({
      kind: 'unmapped-record',
      question:
        'This order cannot be mapped. Complete the policy file (then restart the worker) or the master data, and try again; or give the order up.',
      facts: result.missing.map((value, index) => ({ label: `missing ${index + 1}`, value })),
      choices: ['try again', 'give up'],
    });
    if (choice === 'give up') throw givenUp('map the order', by);
  }
}

/** Asks for approval where policy says so; false where it was rejected. */
export async function isApproved(order: Order): Promise<boolean> {
  const { approval } = order.policy;
  const need = approvalNeeded(order.state.order, order.plan, approval);
  if (need === undefined) return true;
  order.state.stage = 'approval';
  order.state.waitingFor = 'approval';
  const { choice, by, reason } = await order.desk.ask({
    kind: 'approval',
    question: `Approve this order? ${need.reasons.join('; ')}.`,
    facts: need.facts,
    choices: ['approve', 'reject'],
    approvers: need.approvers,
    excluded: order.plan.excludedApprovers,
    deadline: approval.deadline,
    ...(approval.atDeadline === 'reject' ? { atDeadline: 'reject' } : {}),
  });
  order.waiting(null);
  order.note(`${choice === 'approve' ? 'approved' : 'rejected'} by ${by}${reason === null ? '' : `: ${reason}`}`);
  return choice === 'approve';
}
