import { CliError } from '../../src/terminal/cli-error';
import { block, joined, note, print, say, type Printable } from '../../src/terminal/output';
import { waybill, type ShellLine } from '../../src/domain/values/command-line';
import { asMarkdown, type Markdown } from '../../src/domain/values/markdown';
import { showDetails } from '../../workflows/case/details';
import { bypassesOf } from './gate-out';
import { sourceFiles, sourceText } from './imports';

const foreign = 'PO-1\u001b[2J\nApproved by anna';

describe('what goes out to people', () => {
  it('does so through the gate, everywhere', () => {
    const files = sourceFiles('src', 'activities', 'workflows', 'worker');
    expect(files.flatMap((file) => bypassesOf(file, sourceText(file)))).toEqual([]);
  });

  it.each([
    ['src/cli/orders/new.ts', 'console.log(order.poNumber);'],
    ['src/cli/orders/new.ts', 'process.stdout.write(order.poNumber);'],
    ['worker/new.ts', 'process.stderr.write(`${error.message}\\n`);'],
    ['src/transport/new.ts', 'console.error(answer);'],
    ['workflows/new.ts', "import { setCurrentDetails } from '@temporalio/workflow';"],
    ['activities/new.ts', 'start({ staticSummary: `Order ${order.poNumber}` })'],
    ['src/cli/new.ts', 'start({ staticDetails: order.poNumber })'],
    ['src/cli/new.ts', 'print(say`npx waybill show ${order.orderRef}`);'],
    ['workflows/new.ts', 'const command = `npx waybill decide ${orderRef} ${id}`;'],
  ])('would be seen to do otherwise: %s, %s', (file, text) => {
    expect(bypassesOf(file, text)).toHaveLength(1);
  });
});

/**
 * None of these compiles: `npm run typecheck` holds each `@ts-expect-error` to that. What a new command prints is a
 * template whose values pass the gate, or it is no program.
 */
const refused: readonly (() => unknown)[] = [
  // @ts-expect-error -- a text has not passed the gate
  () => print(foreign),
  // @ts-expect-error -- nor has a template of it
  () => note(`order ${foreign}`),
  // @ts-expect-error -- nor has the message of an error
  () => new CliError(`There is no ${foreign}.`),
  // @ts-expect-error -- nor is it Markdown
  () => showDetails(`### ${foreign}`),
  // @ts-expect-error -- what is printable is not yet Markdown
  (): Markdown => say`${foreign}`,
  // @ts-expect-error -- Markdown is not for terminals
  () => print(asMarkdown`${foreign}`),
  // @ts-expect-error -- a text is no command
  (): ShellLine => `npx waybill show ${foreign}`,
  // @ts-expect-error -- nothing else looks like what has passed
  (): Printable => ({ toString: () => foreign }),
];

it('is held to it by types', () => {
  expect(refused).toHaveLength(8);
});

it.each([
  [say`order ${foreign}`, 'order PO-1 Approved by anna'],
  [joined([foreign, 1]), 'PO-1 Approved by anna, 1'],
  [block(foreign), 'PO-1\nApproved by anna'],
  [say`${say`  ${foreign}`}!`, '  PO-1 Approved by anna!'],
  [say`$ ${waybill('show', ["it's"])}`, String.raw`$ npx waybill show 'it'\''s'`],
])('what has passed the gate is %s', (printable, text) => {
  expect(printable.toString()).toBe(text);
});
