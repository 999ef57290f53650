import type { Violation } from './auditor/evidence';
import { invariants } from './auditor/audit';
import { sequenceLimits, sequencesSection } from './sequence-report';
import type { SequenceResult } from './sequence-verdict';
import type { CellResult } from './verdict';
import { waysSection } from './ways';

/** A whole run. */
export interface Outcome {
  readonly seed: number;
  readonly seconds: number;
  readonly cores: number;
  readonly results: readonly CellResult[];
  readonly sequences: readonly SequenceResult[];
  readonly ofRun: readonly Violation[];
}

const LETTER: Readonly<Record<string, string>> = { right: 'r', decision: 'd', reported: 'x', WRONG: '**W**' };
const MODES = ['once', 'twice', 'for-ever'] as const;

/** `docs/durability.md`: what was tried, how each cell ended, and what that proves and what not. */
export function page(outcome: Outcome): string {
  const { results, sequences, seed, seconds, cores } = outcome;
  const calls = results.filter(({ lookupFault, fault }) => lookupFault === null && !isKill(fault));
  const pairs = results.filter(({ lookupFault }) => lookupFault !== null);
  const kills = results.filter(({ fault }) => isKill(fault));
  const all = [...results, ...sequences];
  const count = (end: string): number => all.filter((result) => result.end === end).length;
  return `${[
    '# What happens when a call fails, or somebody changes their mind',
    '',
    `Written by \`npm run durability -- --matrix --full\`; do not edit. ${all.length} orders, seed ${seed}, ` +
      `${seconds} s on ${cores} cores: ${count('right')} right, ${count('decision')} decision, ${count('reported')} reported, ${count('WRONG')} WRONG.`,
    '',
    ...introduction,
    '',
    ...waysSection(),
    '',
    '## Every writing call × every fault',
    '',
    'Three letters a cell: the fault falls once, twice, for ever. `unsent` is a call of which not a byte left; the others fall on the wire.',
    '',
    ...table(calls, ({ fault }) => fault),
    '',
    '## The look-up that follows fails too',
    '',
    'The answer of the call is lost (`drop`: it took effect; last letter `503 before`: it did not), and then its look-up meets the ' +
      'fault: once, twice, for ever, and once again after a call without effect.',
    '',
    ...table(pairs, ({ lookupFault }) => lookupFault ?? ''),
    '',
    '## Processes are killed',
    '',
    'The vendor itself sends the signal at the moment the call arrives (before) or has taken effect (after). `kill-worker` is SIGKILL and a new ' +
      'worker process; `stop-worker` is SIGSTOP, a new worker, and SIGCONT seconds later; `kill-server` is SIGKILL of Temporal and a ' +
      'restart on the same file.',
    '',
    ...table(kills, ({ fault }) => fault),
    '',
    ...sequencesSection(sequences),
    '',
    ...limits(count('WRONG') === 0),
    '',
    ...listed('## Reported: later than anyone waited', all, 'reported'),
    ...listed('## WRONG', all, 'WRONG'),
    '## What the auditor checks',
    '',
    `It is a folder of its own, \`test/durability/auditor\`, that imports nothing of the product: ${invariants.map((name) => `*${name}*`).join(' · ')}. ` +
      'Each is itself proved by evidence that was tampered with (`test/durability/auditor.test.ts`).',
  ].join('\n')}\n`;
}

const introduction = [
  'Each cell is one purchase order in the real workflows, against the sandbox of all vendors: with one fault at one call, or, in the',
  '[second table](#changes-of-mind), with one change of mind at one moment. Its people are the program: the warehouse ships, the carrier',
  'delivers, the buyer invoices, and an operator answers decisions after looking into the vendors’ own records. How a cell ends:',
  '',
  '- `r` **right**: the order ended as it should, and nobody was asked (but for the approval the policy wants).',
  '- `d` **decision**: a human was asked, what the question says is what the ledger shows, and the answer led to the right end, or to an end',
  '  with everything undone or listed.',
  '- `x` **reported**: an effect later than the settle time, doubled; the auditor sees it. See below.',
  '- `W` **WRONG**: anything else. One of them, or a fault, a kill or a change that never came, fails the run.',
] as const;

const limits = (isRight: boolean): readonly string[] => [
  '## What this proves, and what not',
  '',
  `- ${isRight ? 'Nothing was lost, doubled or guessed at in the cells marked `r` and `d`.' : '**This run failed: see WRONG below.**'} It is no proof for`,
  '  faults nobody thought of, nor for real vendors that differ from the sandbox.',
  '- `late-beyond-settle` is a vendor that commits after we have waited, looked, found nothing and sent again. Where the vendor has neither a',
  '  unique reference of ours nor a limit to its lateness, nobody can promise at most one effect. Such a cell ends right where the vendor',
  '  refuses the second one, and reported where it does not. The remedy is a settle time longer than the vendor’s lateness (policy',
  '  `fulfilment.settle`).',
  '- *For ever* ends when a human gives the step up; where the workflow asks nobody (it waits for a vendor that is down, visibly), the vendor is',
  '  mended after several falls, and the order must go on by itself.',
  '- A fault that falls twice often meets the call only once, because the first effect was found and adopted.',
  ...sequenceLimits,
  '- The operator here is careful and honest. A human who says that something happened which did not is believed.',
];

/** The cells of one end with their reasons; nothing at all where there are none. */
function listed(heading: string, results: readonly Pick<CellResult, 'name' | 'end' | 'why'>[], end: string): string[] {
  const found = results.filter((result) => result.end === end);
  if (found.length === 0) return [];
  return [heading, '', ...found.map(({ name, why }) => `- \`${name}\`: ${why.join('; ')}`), ''];
}

const isKill = (fault: string): boolean => /^(kill|stop)-/.test(fault);

/** One row an operation, one column a fault. */
function table(results: readonly CellResult[], columnOf: (result: CellResult) => string): string[] {
  const columns = [...new Set(results.map(columnOf))];
  const rows = [...new Set(results.map(({ operation }) => operation))];
  if (rows.length === 0) return ['(none in this run)'];
  return [
    `| | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => ':---:').join(' | ')} |`,
    ...rows.map((row) => {
      const cells = columns.map((column) =>
        letters(results.filter((result) => result.operation === row && columnOf(result) === column)),
      );
      return `| ${row} | ${cells.join(' | ')} |`;
    }),
  ];
}

function letters(results: readonly CellResult[]): string {
  if (results.length === 0) return '–';
  const inOrder = results.toSorted((a, b) => place(a) - place(b));
  return inOrder.map(({ end }) => LETTER[end] ?? '?').join(' ');
}

const place = ({ mode, fault }: CellResult): number =>
  (fault === '503 before' ? MODES.length : 0) + MODES.findIndex((each) => each === mode);
