import { changes, moments, vendorStates, whyNot } from './sequence-cells';
import type { SequenceResult } from './sequence-verdict';

const LETTER: Readonly<Record<string, string>> = { right: 'r', decision: 'd', WRONG: '**W**' };

const CHANGES: Readonly<Record<(typeof changes)[number], string>> = {
  'amend-up': 'more is wanted',
  'amend-down': 'less is wanted',
  cancel: 'removed from the list',
  'absent-and-back': 'off the list and back, unchanged',
  'cancelled-in-list': 'listed as `cancelled`',
  'corrected-up': 'a delivery corrected to more',
  'corrected-down': 'a delivery corrected to less',
  'second-record': 'a second record of the same reference',
};

const MOMENTS: Readonly<Record<(typeof moments)[number], string>> = {
  'before-approval': 'before approval',
  'between-manex': 'between the ManEx calls',
  'mark-unknown': 'a mark is unknown',
  'mark-unsent': 'a mark is unsent',
  'after-mark': 'after the mark',
  'after-despatch': 'after despatch',
  'after-delivery-mark': 'after the delivery’s mark',
};

/** The second table of `docs/durability.md`: changes of mind × moments × states of the vendor. */
export const sequencesSection = (results: readonly SequenceResult[]): readonly string[] => [
  '## Changes of mind',
  '',
  'One change of mind at one moment, three letters a cell: the vendors are **well**; **503** answers every call of that moment until it has',
  'fallen twice (Claritum’s lists, or the writing call, or whatever is about this order); the **worker is killed** (SIGKILL) at the call of that',
  'moment, and a new one takes over after the change. Of a corrected delivery, the mark that is unknown or unsent is the delivery’s. Warehouse,',
  'carrier and accounts go on when the change has been taken in. A cell is right where what was listed last is what stands in ManEx,',
  'what NorthScope holds covers it, and what was marked is what was taken in; what cannot be taken back is a listed task.',
  '',
  ...table(results),
  '',
  ...reasons(),
];

function table(results: readonly SequenceResult[]): string[] {
  if (results.length === 0) return ['(none in this run)'];
  const columns = moments.map((moment) => MOMENTS[moment]);
  return [
    `| | ${columns.join(' | ')} |`,
    `| --- | ${columns.map(() => ':---:').join(' | ')} |`,
    ...changes.map((change) => {
      const cells = moments.map((moment) =>
        letters(results.filter((result) => result.change === change && result.moment === moment)),
      );
      return `| ${CHANGES[change]} | ${cells.join(' | ')} |`;
    }),
  ];
}

function letters(results: readonly SequenceResult[]): string {
  if (results.length === 0) return '–';
  const inOrder = vendorStates.flatMap((vendor) => results.filter((result) => result.vendor === vendor));
  return inOrder.map(({ end }) => LETTER[end] ?? '?').join(' ');
}

/** Why there are cells without letters. */
function reasons(): string[] {
  const pairs = changes.flatMap((change) => moments.map((moment) => [change, moment, whyNot(change, moment)] as const));
  const all = new Set(pairs.flatMap(([, , reason]) => reason ?? []));
  return [
    '`–` where a pair makes no sense:',
    '',
    ...[...all].map((reason) => {
      const concerned = pairs.filter(([, , why]) => why === reason).map(([change]) => CHANGES[change]);
      return `- ${[...new Set(concerned)].join(', ')}: ${reason}.`;
    }),
  ];
}

/** What the second table proves, and what not. */
export const sequenceLimits = [
  '- A record that is removed while nobody knows what became of its mark looks like one whose mark was made, and is taken for that. One that is',
  '  changed in the moment between the look and the mark is marked as it reads then: Claritum can mark only a uid, not a version.',
  '- Of a change of mind, the program tries one at a time, of one order with one address; that many orders vanish at once, and that two changes',
  '  follow one another, is tried by the tests of the workflows.',
] as const;
