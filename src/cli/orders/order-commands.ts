import { Argument, Option, type Command } from 'commander';
import { feedNames, type FeedName } from '../../domain/case/names';
import { by, calendarDay, examples, json, number, price, quantity } from '../option-values';
import { stages, waits } from './stages';
import type * as Amend from './amend';
import type * as Cancel from './cancel';
import type * as List from './list';
import type * as Poll from './poll';
import type * as Show from './show';
import type * as Start from './start';
import type * as Done from './done';

/** The commands about orders: started, looked at, changed. */
export function addOrderCommands(program: Command): void {
  addStart(program);
  program
    .command('list')
    .description('list the purchase orders, newest first')
    .addOption(new Option('--stage <stage>', 'only orders in this stage').choices(stages))
    .addOption(new Option('--waiting [for]', 'only orders that wait: for a decision, or for this').choices(waits))
    .option('--number <number>', 'only the order with this number of Claritum, ManEx or NorthScope, or of an invoice')
    .option('--limit <n>', 'the most to list', number(1, 10_000), 50)
    .addOption(json())
    .addHelpText(
      'after',
      examples(
        ...['list', 'list --stage despatch --limit 200', 'list --waiting --json', 'list --waiting stock'],
        'list --number 0000010231',
      ),
    )
    .action((options: List.ListOptions) => {
      const { listOrders }: typeof List = require('./list');
      return listOrders(options);
    });
  program
    .command('show')
    .description('show one order, invoice or feed: quantities, documents, decisions, audit, tasks and steps')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .addOption(json())
    .addHelpText('after', examples('show CL-10231', 'show purchase-invoice:PI-77 --json', 'show feed:claritum'))
    .action((order: string, options: Show.ShowOptions) => {
      const { showOrder }: typeof Show = require('./show');
      return showOrder(order, options);
    });
  program
    .command('poll')
    .description('look for news in Claritum or NorthScope now, and wait for the result')
    .addArgument(new Argument('[source]', 'whose feed looks').choices(feedNames).default('claritum'))
    .addOption(json())
    .addHelpText('after', examples('poll', 'poll northscope'))
    .action((source: FeedName, options: Poll.PollOptions) => {
      const { poll }: typeof Poll = require('./poll');
      return poll(source, options);
    });
  addChanges(program);
}

function addStart(program: Command): void {
  program
    .command('start')
    .description('start the fulfilment of a document by hand')
    .command('purchase-order')
    .description('start a purchase order from its Claritum record')
    .requiredOption('--file <path>', "the record as JSON, with Claritum's field names; - for standard input")
    .addOption(json())
    .addHelpText('after', examples('start purchase-order --file po.json', 'start purchase-order --file - < po.json'))
    .action((options: Start.StartOptions) => {
      const { startPurchaseOrder }: typeof Start = require('./start');
      return startPurchaseOrder(options);
    });
}

const AMENDING = [
  '',
  'Figures change the order, or the amendment that still waits. Net becomes quantity ×',
  'price, and tax keeps its rate. If the amounts do not show that rate, give the whole order with --file.',
  'A date moves every delivery, unless --delivery names one. A quantity of 0 removes the delivery.',
].join('\n');

function addChanges(program: Command): void {
  program
    .command('done')
    .description('tick off a listed task of a running order')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .argument('<task>', 'its id in show, like task-3')
    .addOption(by('has done it'))
    .addOption(json())
    .addHelpText('after', examples('done CL-10231 task-1', 'done CL-10231 task-3 --by anna --json'))
    .action((order: string, task: string, options: Done.DoneOptions) => {
      const { tickTaskOff }: typeof Done = require('./done');
      return tickTaskOff(order, task, options);
    });
  program
    .command('cancel')
    .description('cancel an order: undo what has not left the warehouse, carry on with the rest')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .option('--remember', 'cancel an order that is still to come, when it arrives')
    .addOption(by('cancels it'))
    .option('--reason <text>', 'why; the steps of the order keep it')
    .addOption(json())
    .addHelpText('after', examples('cancel CL-10231 --reason "no longer needed"', 'cancel CL-20000 --remember'))
    .action((order: string, options: Cancel.CancelOptions) => {
      const { cancelOrder }: typeof Cancel = require('./cancel');
      return cancelOrder(order, options);
    });
  program
    .command('amend')
    .description('change the quantity, price or date of a running order, never below what has been despatched')
    .argument('<order>', "Claritum's order reference, or a workflow id")
    .option('--file <path>', "the whole new order as JSON, with Claritum's field names; - for standard input")
    .option('--quantity <n>', 'the new quantity, in its unit of measure', quantity)
    .option('--price <p>', 'the new price, per unit of measure', price)
    .option('--date <day>', 'the new delivery date (YYYY-MM-DD)', calendarDay)
    .option('--delivery <ref>', 'the delivery for --quantity and --date, if there are several')
    .addOption(by('amends it'))
    .addOption(json())
    .addHelpText(
      'after',
      [
        AMENDING,
        examples(
          'amend CL-10231 --quantity 120',
          'amend CL-10233 --quantity 2 --delivery 10233-2 --date 2026-03-31',
          'amend CL-10231 --file po.json',
        ),
      ].join('\n'),
    )
    .action((order: string, options: Amend.AmendOptions) => {
      const { amendOrder }: typeof Amend = require('./amend');
      return amendOrder(order, options);
    });
}
