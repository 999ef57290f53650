import * as fc from 'fast-check';
import { judge, type Answer, type Decision } from '../../src/domain/decision';

const decision = (changes: Partial<Decision> = {}): Decision => ({
  id: 'approval-1',
  kind: 'approval',
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

const refusal = (answer: Answer, open: readonly Decision[] = [], closed: readonly string[] = []): string => {
  const judgement = judge(answer, open, closed);
  if (judgement.verdict === 'accepted') throw new Error(`accepted for ${judgement.decision.id}`);
  return judgement.because;
};

describe('an answer that names its decision', () => {
  it('counts while the decision is open', () => {
    const open = decision();
    expect(judge({ decision: 'approval-1', choice: 'reject' }, [open], [])).toEqual({
      verdict: 'accepted',
      decision: open,
    });
  });

  it('comes late once the decision is answered, and says so', () => {
    expect(refusal({ decision: 'approval-1', choice: 'approve' }, [], ['approval-1'])).toBe(
      'approval-1 has already been answered',
    );
  });

  it('is refused where there never was such a decision', () => {
    expect(refusal({ decision: 'approval-9', choice: 'approve' }, [decision()], ['approval-2'])).toBe(
      'there is no decision approval-9',
    );
  });

  it('is refused for a choice the decision does not offer, with the choices it does', () => {
    expect(refusal({ decision: 'approval-1', choice: 'perhaps' }, [decision()])).toBe(
      `'perhaps' is no choice of approval-1 (approve, reject)`,
    );
  });
});

describe('an answer without a name', () => {
  it('counts for the one open decision that offers the choice', () => {
    const other = decision({ id: 'mismatch-1', choices: ['accept', 'dispute'] });
    expect(judge({ choice: 'dispute' }, [decision(), other], [])).toEqual({ verdict: 'accepted', decision: other });
  });

  it('is ambiguous where two offer it, and says between which', () => {
    expect(refusal({ choice: 'approve' }, [decision(), decision({ id: 'approval-2' })])).toBe(
      `2 open decisions offer 'approve': name one (approval-1, approval-2)`,
    );
  });

  it('finds nobody who asked, before the question as after it', () => {
    expect(refusal({ choice: 'approve' }, [], ['approval-1'])).toBe(`no open decision offers 'approve'`);
  });
});

describe('who may answer', () => {
  it('is anyone, also without a name, where nobody is named', () => {
    expect(judge({ choice: 'approve' }, [decision()], []).verdict).toBe('accepted');
    expect(judge({ choice: 'approve', by: 'anna' }, [decision()], []).verdict).toBe('accepted');
  });

  it('is only who is named, where somebody is', () => {
    const open = [decision({ approvers: ['anna', 'ben'] })];
    expect(judge({ choice: 'approve', by: 'ben' }, open, []).verdict).toBe('accepted');
    expect(refusal({ choice: 'approve', by: 'carl' }, open)).toBe(
      'carl may not answer approval-1: it is for anna, ben',
    );
    expect(refusal({ choice: 'approve' }, open)).toBe('web-ui may not answer approval-1: it is for anna, ben');
  });

  it('is never who would decide on an order of their own, named or not', () => {
    const open = [decision({ approvers: ['anna', 'morag'], excluded: ['morag'] })];
    expect(refusal({ choice: 'approve', by: 'morag' }, open)).toBe('morag may not decide on an order of their own');
    expect(judge({ choice: 'approve', by: 'anna' }, open, []).verdict).toBe('accepted');
  });

  it('asks for a name where the policy excludes somebody: the exclusion would mean nothing', () => {
    const open = [decision({ excluded: ['morag'], needsName: true })];
    expect(refusal({ choice: 'approve' }, open)).toBe('approval-1 needs a name: some may not answer it');
    expect(judge({ choice: 'approve', by: 'anna' }, open, []).verdict).toBe('accepted');
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
    expect(judge({ choice: 'approve', by }, [decision({ approvers: ['anna'] })], []).verdict).toBe('accepted');
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
    expect(judge({ choice: 'approve', by }, [named], []).verdict).toBe('accepted');
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
        const by = answer.by ?? 'web-ui';
        const meant = open.filter(({ id }) => answer.decision === undefined || id === answer.decision);
        const offering = meant.filter((asked) => asked.choices.includes(answer.choice));
        const mayAnswer = ({ approvers, excluded, needsName }: Decision): boolean =>
          (approvers.length === 0 && excluded.length === 0 && !needsName) ||
          (by !== 'web-ui' && !excluded.includes(by) && (approvers.length === 0 || approvers.includes(by)));
        const judgement = judge(answer, open, closed);
        const accepted = judgement.verdict === 'accepted' ? [judgement.decision] : [];
        expect(accepted).toEqual(offering.length === 1 ? offering.filter(mayAnswer) : []);
      }),
    );
  });

  it('is judged the same in whatever order the questions were asked', () => {
    fc.assert(
      fc.property(decisions, answers, (open, answer) => {
        const verdict = (asked: readonly Decision[]) => judge(answer, asked, []).verdict;
        expect(verdict(open.toReversed())).toBe(verdict(open));
      }),
    );
  });
});
