import { Command, InvalidArgumentError, Option } from 'commander';
import { stages } from './orders/stages';
import type * as Demo from './demo/demo';
import type * as Answer from './orders/answer';
import type * as Inbox from './orders/inbox';
import type * as List from './orders/list';
import type * as Poll from './orders/poll';
import type * as Sandbox from './sandbox';
import type * as Show from './orders/show';
import type * as Start from './orders/start';
import type * as Up from './up';
import type * as WorkerCommand from './worker';

const json = (): Option => new Option('--json', 'print JSON, for scripts');

function number(lowest: number, highest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${lowest} to ${highest}.`);
  };
}
const port = number(1, 65_535);

const examples = (...lines: readonly string[]): string =>
  ['', 'Examples:', ...lines.map((line) => `  $ npx waybill ${line}`)].join('\n');

/** The whole command line. What a command needs is loaded when it runs: `--help` should not wait for gRPC. */
export function createProgram(): Command {
  const program = new Command('waybill')
    .description('Carries purchase orders from Claritum through ManEx and NorthScope, on Temporal.')
    .exitOverride()
    .showHelpAfterError('(see --help)')
    .addHelpText(
      'after',
      [
        examples('demo', 'list --waiting', 'show CL-10231', 'approve CL-10231 --reason "agreed by phone"'),
        '',
        'Temporal is reached by its own variables (TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE …), by default 127.0.0.1:7233.',
        'Exit codes: 0 done, 1 refused or failed, 2 wrong use.',
      ].join('\n'),
    );
  addOrderCommands(program);
  addAnswerCommands(program);
  addSystemCommands(program);
  return program;
}

function addOrderCommands(program: Command): void {
  program
    .command('start')
    .description('start the fulfilment of a document by hand')
    .command('purchase-order')
    .description('start a purchase order from its Claritum record')
    .requiredOption('--file <path>', "the record as JSON, with Claritum's field names; - reads standard input")
    .addOption(json())
    .addHelpText('after', examples('start purchase-order --file po.json', 'start purchase-order --file - < po.json'))
    .action((options: Start.StartOptions) => {
      const { startPurchaseOrder }: typeof Start = require('./orders/start');
      return startPurchaseOrder(options);
    });
  program
    .command('list')
    .description('list the purchase orders, newest first')
    .addOption(new Option('--stage <stage>', 'only those in this stage').choices(stages))
    .option('--waiting [for]', 'only those that wait for a decision, or for what is named')
    .option('--limit <n>', 'at most so many', number(1, 10_000), 50)
    .addOption(json())
    .addHelpText('after', examples('list', 'list --stage despatch --limit 200', 'list --waiting --json'))
    .action((options: List.ListOptions) => {
      const { listOrders }: typeof List = require('./orders/list');
      return listOrders(options);
    });
  program
    .command('show')
    .description('show one order: quantities, documents, decisions, audit, tasks and steps')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .addOption(json())
    .addHelpText('after', examples('show CL-10231', 'show purchase-invoice:PI-77 --json'))
    .action((order: string, options: Show.ShowOptions) => {
      const { showOrder }: typeof Show = require('./orders/show');
      return showOrder(order, options);
    });
  program
    .command('poll')
    .description('look at once for what is new in Claritum, and wait for the result')
    .addOption(json())
    .addHelpText('after', examples('poll'))
    .action((options: Poll.PollOptions) => {
      const { poll }: typeof Poll = require('./orders/poll');
      return poll(options);
    });
}

function addAnswerCommands(program: Command): void {
  program
    .command('inbox')
    .description('list every open decision, oldest first')
    .addOption(json())
    .addHelpText('after', examples('inbox'))
    .action((options: Inbox.InboxOptions) => {
      const { showInbox }: typeof Inbox = require('./orders/inbox');
      return showInbox(options);
    });
  for (const choice of ['approve', 'reject'] as const) {
    program
      .command(choice)
      .description(`${choice} what an order waits for`)
      .argument('<order>', "Claritum's order reference, or a workflow id")
      .option('--decision <id>', 'which one, where several are open')
      .option('--by <name>', 'who decides (default: your login name)')
      .option('--reason <text>', 'why; stands in the audit')
      .addOption(json())
      .addHelpText('after', examples(`${choice} CL-10231`, `${choice} CL-10231 --decision approval-1 --by anna`))
      .action((order: string, options: Answer.AnswerOptions) => {
        const { answer }: typeof Answer = require('./orders/answer');
        return answer(order, { ...options, choice });
      });
  }
  program
    .command('decide')
    .description('answer any decision with one of its choices')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .argument('<decision>', 'as the inbox names it')
    .argument('<choice>', 'one of its choices')
    .option('--by <name>', 'who decides (default: your login name)')
    .option('--reason <text>', 'why; stands in the audit')
    .addOption(json())
    .addHelpText('after', examples('decide CL-10231 unknown-outcome-2 "it happened"'))
    .action((order: string, decision: string, choice: string, options: Answer.AnswerOptions) => {
      const { answer }: typeof Answer = require('./orders/answer');
      return answer(order, { ...options, decision, choice });
    });
}

function addSystemCommands(program: Command): void {
  program
    .command('sandbox')
    .description('run the vendors as servers with state, for trying and testing')
    .option('--port <n>', 'on the loopback interface', port, 7400)
    .option('--orders <n>', 'purchase orders to begin with', number(0, 100_000), 3)
    .option('--seed <n>', 'the same seed gives the same data', number(0, 2_147_483_647), 1)
    .option('--people', 'play the people of those systems: despatch, deliver, invoice', false)
    .option('--control', 'open the control API under /_sandbox', true)
    .option('--no-control', 'refuse it')
    .addHelpText('after', examples('sandbox', 'sandbox --port 7500 --orders 30 --people'))
    .action((options: Sandbox.SandboxOptions) => {
      const { runSandbox }: typeof Sandbox = require('./sandbox');
      return runSandbox(options);
    });
  program
    .command('worker')
    .description('run the worker against the vendors of the environment')
    .addHelpText('after', examples('worker'))
    .action(() => {
      const { runWorker }: typeof WorkerCommand = require('./worker');
      return runWorker();
    });
  program
    .command('up')
    .description('run everything here and stay: Temporal with its Web UI, the sandbox, the worker')
    .option('--port <n>', 'of the Temporal server', port, 7233)
    .option('--ui-port <n>', 'of the Web UI', port, 8233)
    .option('--sandbox-port <n>', 'of the sandbox', port, 7400)
    .option('--orders <n>', 'purchase orders in the sandbox', number(0, 100_000), 3)
    .option('--fresh', 'forget the orders of earlier runs', false)
    .addHelpText('after', examples('up', 'up --fresh --orders 12'))
    .action((options: Up.UpOptions) => {
      const { up }: typeof Up = require('./up');
      return up(options);
    });
  program
    .command('demo')
    .description('carry three purchase orders from end to end, check every system, and stop')
    .option('--keep', 'stay up at the end until Ctrl-C', false)
    .addHelpText('after', examples('demo', 'demo --keep'))
    .action((options: Demo.DemoOptions) => {
      const { demo }: typeof Demo = require('./demo/demo');
      return demo(options);
    });
}
