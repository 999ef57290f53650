import type { WorkflowExecutionInfo } from '@temporalio/client';
import { keyOf } from '../../domain/case/keys';
import { vendorNames } from '../../domain/case/names';
import { age, colour, note, type Paint, print, printJson, say, table } from '../../terminal/output';
import { withClient } from '../temporal-client';
import { quoted } from './list-filter';
import { standingOfFeeds } from './standing';
import { isSilent } from './silent-vendors';

export interface ListOptions {
  readonly stage?: string;
  /** `true` for any decision, or what it waits for. */
  readonly waiting?: string | true;
  /** Any of an order's numbers, in any system. */
  readonly number?: string;
  readonly limit: number;
  readonly json?: boolean;
}

interface OrderLine {
  readonly orderNumber: string;
  readonly workflowId: string;
  readonly stage: string;
  readonly waitingFor: string;
  /** The vendor that does not take its calls, also while it waits for a decision; empty where all are taken. */
  readonly silentVendor: string;
  readonly customer: string;
  /** Temporal's: running, completed, failed, terminated … */
  readonly status: string;
  readonly startedAt: string;
  readonly closedAt: string | null;
}

/** `KEYS` is a word of Temporal's filter language: unquoted, it is no search attribute there. */
const KEYS = '`Keys`';

/** Temporal's list filter for the options. */
export function listQuery({ stage, waiting, number }: Pick<ListOptions, 'stage' | 'waiting' | 'number'>): string {
  return [
    'WorkflowType = "fulfilPurchaseOrder"',
    ...(stage === undefined ? [] : [`Stage = ${quoted(stage)}`]),
    ...(number === undefined ? [] : [`${KEYS} = ${quoted(keyOf(number))}`]),
    ...(waiting === undefined
      ? []
      : ['ExecutionStatus = "Running"', waitsFor(waiting === true ? 'decision' : waiting)]),
  ].join(' AND ');
}

function waitsFor(waiting: string): string {
  const vendor = vendorNames.find((name) => name === waiting);
  return vendor === undefined ? `WaitingFor = ${quoted(waiting)}` : isSilent(vendor);
}

export async function listOrders(options: ListOptions): Promise<void> {
  const { lines, hasMore, besides } = await withClient(async (client) => {
    const found: OrderLine[] = [];
    const feeds = options.json === true ? [] : await standingOfFeeds(client);
    for await (const info of client.workflow.list({
      query: listQuery(options),
      pageSize: Math.min(1000, options.limit + 1),
    })) {
      if (found.length === options.limit) return { lines: found, hasMore: true, besides: feeds };
      found.push(lineOf(info));
    }
    return { lines: found, hasMore: false, besides: feeds };
  });
  if (options.json) return printJson(lines);
  for (const { says } of besides) note(says);
  if (lines.length === 0) return note(say`No purchase order matches.`);
  print(
    table(
      ['ORDER', 'STAGE', 'WAITS FOR', 'CUSTOMER', 'AGE'],
      lines.map(({ orderNumber, stage, waitingFor, silentVendor, customer, status, startedAt }) => [
        orderNumber,
        { text: shownStage(stage, status), paint: paintOf(stage, status) },
        {
          text: [...new Set([waitingFor, silentVendor])].filter((name) => name !== '').join(', '),
          paint: isTold(waitingFor) ? colour.yellow : colour.dim,
        },
        customer,
        age(startedAt),
      ]),
    ),
  );
  if (hasMore) note(say`There are more than ${options.limit}. --limit shows more.`);
}

function lineOf({ workflowId, status, startTime, closeTime, searchAttributes }: WorkflowExecutionInfo): OrderLine {
  const attribute = (name: string): string => String(searchAttributes[name]?.[0] ?? '');
  const isRunning = status.name === 'RUNNING';
  return {
    orderNumber: attribute('OrderNumber') || workflowId.replace(/^purchase-order:/, ''),
    workflowId,
    stage: attribute('Stage'),
    waitingFor: isRunning ? attribute('WaitingFor') : '',
    silentVendor: isRunning ? attribute('SilentVendor') : '',
    customer: attribute('Customer'),
    status: status.name.toLowerCase(),
    startedAt: startTime.toISOString(),
    closedAt: closeTime?.toISOString() ?? null,
  };
}

/** What does not go on by itself, or not as it should. */
const isTold = (waitingFor: string): boolean =>
  waitingFor === 'decision' || vendorNames.some((vendor) => vendor === waitingFor);

/** A workflow that did not end by itself is told as what Temporal says of it. */
const shownStage = (stage: string, status: string): string =>
  status === 'running' || status === 'completed' ? stage : `${stage} (${status})`;

function paintOf(stage: string, status: string): Paint {
  if (status !== 'running' && status !== 'completed') return colour.red;
  if (stage === 'done') return colour.green;
  return stage === 'refused' || stage === 'cancelled' || stage === 'compensating' ? colour.yellow : colour.cyan;
}
