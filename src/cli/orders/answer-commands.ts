import { Option, type Command } from 'commander';
import { exitCodes } from '../../terminal/cli-error';
import { by, examples, json, length, name } from '../option-values';
import { decisionKinds } from './catalogue';
import type * as Answer from './answer';
import type * as DecideMany from './decide-many';
import type * as Inbox from './inbox';

/** The commands about decisions: what is open, and its answers. */
export function addAnswerCommands(program: Command): void {
  addFilters(program.command('inbox').description('list the open decisions, oldest first'))
    .addOption(json())
    .addHelpText(
      'after',
      examples('inbox', 'inbox --kind approval --older-than 2h', 'inbox --approver anna --customer ALPINE --json'),
    )
    .action((options: Inbox.InboxOptions) => {
      const { showInbox }: typeof Inbox = require('./inbox');
      return showInbox(options);
    });
  for (const choice of ['approve', 'reject'] as const) {
    program
      .command(choice)
      .description(`${choice} what an order waits for`)
      .argument('<order>', "Claritum's order reference, or a workflow id")
      .option('--decision <id>', 'which decision, if several are open')
      .addOption(by('decides'))
      .option('--reason <text>', 'why; the audit keeps it')
      .addOption(json())
      .addHelpText('after', examples(`${choice} CL-10231`, `${choice} CL-10231 --decision approval-1 --by anna`))
      .action((order: string, options: Answer.AnswerOptions) => {
        const { answer }: typeof Answer = require('./answer');
        return answer(order, { ...options, choice });
      });
  }
  addDecide(program);
}

/** Which decisions are meant. */
function addFilters(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'only decisions of this kind').choices(decisionKinds))
    .option('--customer <name>', 'only of this customer, by its name in Claritum, ManEx or NorthScope')
    .option('--order <ref>', 'only of this order and its invoices')
    .option('--approver <name>', 'only those that this person may answer', name)
    .option('--older-than <time>', 'only those open at least this long (90min, 2h, 3d)', length);
}

/** `decide` with all it may be given. */
interface DecideOptions extends Answer.AnswerOptions, Omit<DecideMany.DecideManyOptions, 'kind' | 'choice'> {
  readonly all?: boolean;
  readonly kind?: string;
  readonly choice?: string;
}

const MANY_ONLY = ['kind', 'customer', 'order', 'approver', 'olderThan', 'choice', 'yes'] as const;

function addDecide(program: Command): void {
  const decide = program
    .command('decide')
    .description('answer a decision with one of its choices, or many at once')
    .argument('[order]', "Claritum's order reference, or a workflow id")
    .argument('[decision]', 'its id in the inbox')
    .argument('[choice]', 'one of its choices')
    .option('--all', 'all open decisions that match; needs --kind and --choice');
  addFilters(decide)
    .option('--choice <choice>', 'the answer to all')
    .option('--yes', 'do not ask for confirmation')
    .addOption(by('decides'))
    .option('--reason <text>', 'why; the audit keeps it')
    .addOption(json())
    .addHelpText(
      'after',
      [
        '',
        '--all shows the decisions and asks for confirmation; scripts use --yes. Exit code 1 if any was refused.',
        examples(
          'decide CL-10231 unknown-outcome-2 "it happened"',
          'decide --all --kind approval --choice approve --older-than 2h --by anna',
          'decide --all --kind refused-call --choice "try again" --customer ALPINE --yes',
        ),
      ].join('\n'),
    )
    .action(
      (order: string | undefined, decision: string | undefined, choice: string | undefined, options: DecideOptions) =>
        options.all === true ? many(decide, order, options) : one(decide, [order, decision, choice], options),
    );
}

const wrongUse = (command: Command, message: string): never =>
  command.error(`error: ${message}`, { exitCode: exitCodes.wrongUse });

function many(command: Command, order: string | undefined, options: DecideOptions): Promise<void> {
  const { kind, choice, all: _, ...others } = options;
  if (order !== undefined) return wrongUse(command, '--all takes no single decision; filter with --order');
  if (kind === undefined) return wrongUse(command, '--all needs --kind');
  if (choice === undefined) return wrongUse(command, '--all needs --choice');
  const { decideMany }: typeof DecideMany = require('./decide-many');
  return decideMany({ ...others, kind, choice });
}

function one(command: Command, words: readonly (string | undefined)[], options: DecideOptions): Promise<void> {
  const [order, decision, choice] = words;
  const given = MANY_ONLY.find((option) => options[option] !== undefined);
  if (given !== undefined) {
    const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return wrongUse(command, `--${flag} needs --all`);
  }
  if (order === undefined) return wrongUse(command, "missing required argument 'order'");
  if (decision === undefined) return wrongUse(command, "missing required argument 'decision'");
  if (choice === undefined) return wrongUse(command, "missing required argument 'choice'");
  const { answer }: typeof Answer = require('./answer');
  return answer(order, { ...options, decision, choice });
}
