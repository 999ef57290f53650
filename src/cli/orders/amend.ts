import type { Client } from '@temporalio/client';
import type { PurchaseOrder } from '../../domain/purchase-order/purchase-order';
import { amendUpdate, orderQuery } from '../../../workflows/purchase-order/messages';
import type { ChangeReceipt } from '../../../workflows/case/messages';
import { CliError, exitCodes } from '../../terminal/cli-error';
import { print, printJson, say } from '../../terminal/output';
import { withClient, workflowIdOf } from '../temporal-client';
import { amendedOrder, type Change } from './amended-order';
import { loginName } from './login-name';
import { readPurchaseOrder } from './purchase-order-file';
import { runningType } from './running-workflow';
import { startPolicy } from './start-policy';
import { sendUpdate } from './update';

export interface AmendOptions extends Change {
  /** The whole order as it is to be. */
  readonly file?: string;
  readonly by?: string;
  readonly json?: boolean;
}

const UNTOUCHED = 'nothing was amended';

/**
 * Changes a running order through the Update `amend`: by a whole record, or by single figures on top of what the order
 * is, or is about to become.
 *
 * @throws CliError with the reason, where it is refused.
 */
export async function amendOrder(order: string, options: AmendOptions): Promise<void> {
  const { by = loginName(), json } = options;
  const amend = amendmentOf(options);
  const workflowId = workflowIdOf(order);
  const { status, reason } = await withClient((client) => amended(client, workflowId, amend, by));
  if (status === 'refused') throw new CliError(say`Refused: ${reason}.`);
  if (json) return printJson({ workflowId, status, reason, by });
  const said = { accepted: 'the amendment was accepted', done: 'nothing to do' };
  return print(say`${order}: ${said[status]}, by ${by}: ${reason}.`);
}

type Amend = (present: () => Promise<PurchaseOrder>) => Promise<PurchaseOrder>;

/** What the options ask for; a file and a policy are read before Temporal is bothered. */
function amendmentOf({ file, quantity, price, date, delivery }: AmendOptions): Amend {
  const change: Change = {
    ...(quantity === undefined ? {} : { quantity }),
    ...(price === undefined ? {} : { price }),
    ...(date === undefined ? {} : { date }),
    ...(delivery === undefined ? {} : { delivery }),
  };
  const fault = wrongUse(file, change);
  if (fault !== undefined) throw new CliError(say`${fault}; ${UNTOUCHED} (see --help).`, exitCodes.wrongUse);
  if (file !== undefined) {
    const order = readPurchaseOrder(file, UNTOUCHED);
    return async () => order;
  }
  // Which day an instant falls on is a question of the company's time zone; figures have none.
  const timeZone = date === undefined ? 'UTC' : startPolicy('The amendment').company.timeZone;
  return async (present) => amendedOrder(await present(), change, timeZone);
}

function wrongUse(file: string | undefined, { quantity, price, date, delivery }: Change): string | undefined {
  const figures = [quantity, price, date].filter((figure) => figure !== undefined);
  if (file !== undefined && (figures.length > 0 || delivery !== undefined)) {
    return '--file holds the whole order; leave out --quantity, --price, --date and --delivery';
  }
  if (file === undefined && figures.length === 0) return 'Say what to change: --file, --quantity, --price or --date';
  if (delivery !== undefined && quantity === undefined && date === undefined) {
    return '--delivery needs --quantity or --date; a price applies to the whole order';
  }
  return undefined;
}

async function amended(client: Client, workflowId: string, amend: Amend, by: string): Promise<ChangeReceipt> {
  const type = await runningType(client, workflowId, 'it can no longer be amended');
  if (type === undefined) {
    throw new CliError(say`${workflowId} not found. \`npx waybill list\` shows the orders.`);
  }
  if (type !== 'fulfilPurchaseOrder') {
    throw new CliError(say`${workflowId} is a ${type}; only purchase orders can be amended.`);
  }
  const order = await amend(async () => {
    const known = await client.workflow.getHandle(workflowId).query<PurchaseOrder | null>(orderQuery.name);
    if (known === null)
      throw new CliError(say`${workflowId} was cancelled before it arrived: there is nothing to amend.`);
    return known;
  });
  return sendUpdate(client, workflowId, amendUpdate, { order, by });
}
