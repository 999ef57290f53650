import { activityDocs, markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';
import { operations } from '../durability/operations';
import { readFiles } from './citations';
import { writingActivities } from './declared-activities';
import { sectionOf } from './written-sources';

const page = sourceText('docs/promises.md');
const heading = ['activity', 'operation', 'repeated', 'how a lost answer is looked up', 'undone by', 'promise'];
const rows = ['### Claritum', '### ManEx', '### NorthScope'].flatMap((vendor) =>
  markdownTable(sectionOf(page, vendor) ?? '', ...heading),
);
const writes = operations.filter(({ isRead }) => !isRead);
const plain = (cell = ''): string => cell.replaceAll('`', '');

describe('the promises', () => {
  it('are made for every activity that writes or undoes, and for no other', async () => {
    const writing = await writingActivities();
    expect(writing.length).toBeGreaterThan(10);
    expect(rows.map(([activity]) => plain(activity)).toSorted()).toEqual(writing.toSorted());
  });

  it('agree with the docstrings on what may be repeated', () => {
    const said = new Map(activityDocs().map(({ activity, lines }) => [activity, lines['Safe to repeat'] ?? '']));
    const contradictions = rows.filter(([activity, , repeated = '']) => {
      const [answer] = /^(yes|no)\b/.exec(said.get(plain(activity)) ?? '') ?? ['?'];
      return !repeated.startsWith(answer);
    });
    expect(contradictions).toEqual([]);
  });

  it('cover every call of the fault matrix', () => {
    const named = new Set(rows.map(([, operation]) => operation));
    expect(writes.map(({ call }) => call).filter((call) => !named.has(call))).toEqual([]);
  });

  it('are one of the two that are explained', () => {
    const promises = new Set(rows.map(([, , , , , promise]) => promise));
    expect(promises).toEqual(new Set(['at most one effect', 'at most one effect, or an open decision']));
  });

  it('offer a person wherever the matrix says that one is asked', () => {
    const asking = new Set(
      writes.filter(({ remedy }) => remedy === 'ask' || remedy === 'look up, then ask').map(({ call }) => call),
    );
    const silent = rows.filter(
      ([, operation = '', , , , promise]) => asking.has(operation) && !promise?.endsWith('decision'),
    );
    expect(asking.size).toBeGreaterThan(0);
    expect(silent).toEqual([]);
  });

  it('say of each call that is sent again what a late commit does', () => {
    const late = markdownTable(page, 'call', 'a commit later than settle', 'what still guards');
    const told = late.map(([calls = '']) => calls).join(', ');
    const silent = [...new Set(writes.map(({ call }) => call))].filter(
      (call) => !told.includes(call) && !(/Delete$/.test(call) && told.includes('deletions')),
    );
    expect(silent).toEqual([]);
  });

  it('never claim that anything happens exactly once', () => {
    const pages = readFiles().filter((path) => path.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(20);
    expect(pages.filter((path) => /exactly[ -]once/i.test(sourceText(path)))).toEqual([]);
  });
});
