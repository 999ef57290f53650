import * as fc from 'fast-check';
import {
  judge,
  WITHDRAWN,
  type Answer,
  type AuditEntry,
  type Decision,
  type Past,
} from '../../../src/domain/case/decision';

const decision = (changes: Partial<Decision> = {}): Decision => ({
  id: 'approval-1',
  kind: 'approval',
  topic: 'mismatched-invoice',
  about: null,
  question: 'May it go on?',
  facts: [],
  choices: ['approve', 'reject'],
  approvers: [],
  excluded: [],
  needsName: false,
  openedAt: '2026-01-05T09:00:00Z',
  deadline: null,
  atDeadline: null,
  reminders: 0,
  ...changes,
});

const NOTHING: Past = { audit: [], asked: 0 };
const AT = '2026-01-05T10:00:00.000Z';

/** An answer that was taken, as the audit keeps it. */
const ended = (id: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: AT,
  decision: id,
  choice: 'approve',
  by: 'anna',
  reason: null,
  result: 'accepted',
  because: null,
  ...changes,
});

const refusal = (answer: Answer, open: readonly Decision[] = [], past: Past = NOTHING): string => {
  const judgement = judge(answer, open, past);
  if (judgement.verdict === 'accepted') throw new Error(`accepted for ${judgement.decision.id}`);
  return judgement.because;
};

describe('an answer that names its decision', () => {
  it('counts while the decision is open', () => {
    const open = decision();
    expect(judge({ decision: 'approval-1', choice: 'reject' }, [open], NOTHING)).toEqual({
      verdict: 'accepted',
      decision: open,
    });
  });

  it.each<[string, Partial<AuditEntry>, string]>([
    ['answered', {}, `approval-1 was answered by anna at ${AT}: 'approve'; nothing is asked now`],
    [
      'answered with a reason',
      { choice: 'reject', reason: 'too dear' },
      `approval-1 was answered by anna at ${AT}: 'reject' (too dear); nothing is asked now`,
    ],
    [
      'overtaken',
      { choice: WITHDRAWN, by: 'claritum', reason: 'the order was amended: quantity 100 → 120' },
      `approval-1 was taken back by claritum at ${AT}: the order was amended: quantity 100 → 120; nothing is asked now`,
    ],
    [
      'decided by its deadline',
      { choice: 'reject', by: 'deadline', reason: 'nobody answered in time', result: 'deadline' },
      `approval-1 was decided by its deadline at ${AT}: 'reject'; nothing is asked now`,
    ],
  ])('comes late, and says that the question was %s', (_how, changes, because) => {
    const past = { audit: [ended('approval-1', changes)], asked: 1 };
    expect(refusal({ decision: 'approval-1', choice: 'approve' }, [], past)).toBe(because);
  });

  it('comes late, and is told what is asked instead', () => {
    const past = { audit: [ended('approval-1')], asked: 2 };
    const open = [decision({ id: 'approval-2' })];
    expect(refusal({ decision: 'approval-1', choice: 'approve' }, open, past)).toMatch(/; asked now: approval-2$/);
  });

  it('is told that nobody keeps it where the end of the question is forgotten', () => {
    const past = { audit: [ended('mismatch-40')], asked: 40 };
    expect(refusal({ decision: 'approval-7', choice: 'approve' }, [], past)).toBe(
      'approval-7 is no longer open, and how it ended is no longer kept here: look at the history in the Web UI; nothing is asked now',
    );
  });

  it.each(['approval-9', 'approval-2', 'approval-1x', 'approval', 'approval-0', 'approval--1'])(
    'is refused where there never was such a decision: %s',
    (id) => {
      const past = { audit: [ended('mismatch-2'), ended(id, { result: 'refused' })], asked: 2 };
      expect(refusal({ decision: id, choice: 'approve' }, [decision()], past)).toBe(
        `there is no decision ${id}; asked now: approval-1`,
      );
    },
  );

  it('is refused for a choice the decision does not offer, with the choices it does', () => {
    expect(refusal({ decision: 'approval-1', choice: 'perhaps' }, [decision()])).toBe(
      `'perhaps' is no choice of approval-1 (approve, reject)`,
    );
  });
});

describe('an answer without a name', () => {
  it('counts for the one open decision that offers the choice', () => {
    const other = decision({ id: 'mismatch-1', choices: ['accept', 'dispute'] });
    expect(judge({ choice: 'dispute' }, [decision(), other], NOTHING)).toEqual({
      verdict: 'accepted',
      decision: other,
    });
  });

  it('is ambiguous where two offer it, and says between which', () => {
    expect(refusal({ choice: 'approve' }, [decision(), decision({ id: 'approval-2' })])).toBe(
      `2 open decisions offer 'approve': name one (approval-1, approval-2)`,
    );
  });

  it('finds nobody who asked, before the question as after it', () => {
    expect(refusal({ choice: 'approve' }, [])).toBe(`no open decision offers 'approve'`);
    expect(refusal({ choice: 'approve' }, [], { audit: [ended('approval-1')], asked: 1 })).toBe(
      `no open decision offers 'approve'; the last question: approval-1 was answered by anna at ${AT}: 'approve'`,
    );
  });
});

describe('who may answer', () => {
  it('is anyone, also without a name, where nobody is named', () => {
    expect(judge({ choice: 'approve' }, [decision()], NOTHING).verdict).toBe('accepted');
    expect(judge({ choice: 'approve', by: 'anna' }, [decision()], NOTHING).verdict).toBe('accepted');
  });

  it('is only who is named, where somebody is', () => {
    const open = [decision({ approvers: ['anna', 'ben'] })];
    expect(judge({ choice: 'approve', by: 'ben' }, open, NOTHING).verdict).toBe('accepted');
    expect(refusal({ choice: 'approve', by: 'carl' }, open)).toBe(
      'carl may not answer approval-1: it is for anna, ben',
    );
    expect(refusal({ choice: 'approve' }, open)).toBe('web-ui may not answer approval-1: it is for anna, ben');
  });

  it('is never who would decide on an order of their own, named or not', () => {
    const open = [decision({ approvers: ['anna', 'morag'], excluded: ['morag'] })];
    expect(refusal({ choice: 'approve', by: 'morag' }, open)).toBe('morag may not decide on an order of their own');
    expect(judge({ choice: 'approve', by: 'anna' }, open, NOTHING).verdict).toBe('accepted');
  });

  it('asks for a name where the policy excludes somebody: the exclusion would mean nothing', () => {
    const open = [decision({ excluded: ['morag'], needsName: true })];
    expect(refusal({ choice: 'approve' }, open)).toBe('approval-1 needs a name: some may not answer it');
    expect(judge({ choice: 'approve', by: 'anna' }, open, NOTHING).verdict).toBe('accepted');
  });
});

describe('names', () => {
  const closed = [decision({ excluded: ['Mallory Buyer', 'mallory@example.com'] })];

  it.each(['mallory buyer', 'Mal\u200blory Buyer', ' MALLORY  BUYER ', 'M\u0430llory Buyer', 'Mallory@Example.com'])(
    'shut out whoever looks like one who is excluded: %j',
    (by) => {
      expect(refusal({ choice: 'approve', by }, closed)).toMatch(/may not decide on an order of their own$/);
    },
  );

  it.each([undefined, 'web-ui', 'web-ui ', 'WEB-UI', 'web\u200b-ui'])(
    'are needed where somebody is excluded: %j',
    (by) => {
      expect(refusal({ choice: 'approve', ...(by === undefined ? {} : { by }) }, closed)).toBe(
        'approval-1 needs a name: some may not answer it',
      );
    },
  );

  it.each(['Anna', ' anna ', 'ANNA', 'ａｎｎａ'])('let in who is named, as %j', (by) => {
    expect(judge({ choice: 'approve', by }, [decision({ approvers: ['anna'] })], NOTHING).verdict).toBe('accepted');
  });

  it.each([
    ['\u0430nna', "the name '\u0430nna' mixes Cyrillic and Latin letters: write it in one script"],
    ['an\u200bna', "the name 'anna' has an invisible character (U+200B): write it plainly"],
    ['\u0430пп\u0430', '\u0430пп\u0430 may not answer approval-1: it is for anna'],
    ['an na', 'an na may not answer approval-1: it is for anna'],
    ['ánna', 'ánna may not answer approval-1: it is for anna'],
  ])('let in nobody who only looks like one who is named: %j', (by, because) => {
    expect(refusal({ choice: 'approve', by }, [decision({ approvers: ['anna'] })])).toBe(because);
  });

  it('must be of letters that are known here where somebody is excluded, unless they are named', () => {
    const by = 'ᏣᎳᎩ';
    expect(refusal({ choice: 'approve', by }, closed)).toBe(
      'the name has a character that cannot be told from others here (U+13E3): write it plainly',
    );
    const named = decision({ approvers: [by], excluded: ['Mallory Buyer'] });
    expect(judge({ choice: 'approve', by }, [named], NOTHING).verdict).toBe('accepted');
  });

  it('have an end', () => {
    const because = 'a name has at most 200 characters, and this one 100000';
    expect(refusal({ choice: 'approve', by: 'x'.repeat(100_000) }, [decision()])).toBe(because);
    expect(refusal({ choice: 'approve', by: 'x'.repeat(100_000) }, closed)).toBe(because);
  });

  it.each(['', ' ', '\u200b', '\u00a0\ufeff'])('are never blank, also where anyone may answer: %j', (by) => {
    expect(refusal({ choice: 'approve', by }, [decision()])).toMatch(/^a name must not be blank/);
  });
});

describe('whatever is answered', () => {
  const names = fc.constantFrom('anna', 'ben', 'morag', 'web-ui');
  const choices = fc.constantFrom('approve', 'reject', 'accept');
  const ids = fc.constantFrom('a-1', 'a-2', 'a-3');
  const decisions = fc.uniqueArray(
    fc
      .record({
        id: ids,
        choices: fc.uniqueArray(choices),
        approvers: fc.uniqueArray(names),
        excluded: fc.uniqueArray(names),
        needsName: fc.boolean(),
      })
      .map(decision),
    { selector: ({ id }) => id },
  );
  const answers = fc.record({ choice: choices, decision: ids, by: names }, { requiredKeys: ['choice'] });

  it('is accepted exactly where it is addressed without doubt, offered, and given by one who may', () => {
    fc.assert(
      fc.property(decisions, fc.uniqueArray(ids), answers, (open, closed, answer) => {
        const past = { audit: closed.map((id) => ended(id)), asked: closed.length };
        const by = answer.by ?? 'web-ui';
        const meant = open.filter(({ id }) => answer.decision === undefined || id === answer.decision);
        const offering = meant.filter((asked) => asked.choices.includes(answer.choice));
        const mayAnswer = ({ approvers, excluded, needsName }: Decision): boolean =>
          (approvers.length === 0 && excluded.length === 0 && !needsName) ||
          (by !== 'web-ui' && !excluded.includes(by) && (approvers.length === 0 || approvers.includes(by)));
        const judgement = judge(answer, open, past);
        const accepted = judgement.verdict === 'accepted' ? [judgement.decision] : [];
        expect(accepted).toEqual(offering.length === 1 ? offering.filter(mayAnswer) : []);
      }),
    );
  });

  it('is judged the same in whatever order the questions were asked', () => {
    fc.assert(
      fc.property(decisions, answers, (open, answer) => {
        const verdict = (asked: readonly Decision[]) => judge(answer, asked, NOTHING).verdict;
        expect(verdict(open.toReversed())).toBe(verdict(open));
      }),
    );
  });
});
