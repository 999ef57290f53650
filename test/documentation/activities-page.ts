import { activityDocs } from '../architecture/activity-docs';
import { declaredActivities, type Declared } from './declared-activities';

const HEAD = `# Every activity

What each activity is to its vendor and its line in the Web UI, as \`workflows/vendors\` declares them; the rest as its docstring says it. What
*writes* is sent once, and what became of it is found out by its workflow ([calls](calls.md)); what *reads* or *undoes* is repeated by Temporal.
\`–\` is one that a single workflow calls. Written by \`npm run docs\`.
`;

const kindOf = ({ attempts }: Declared): string => {
  if (attempts === null) return 'reads';
  return attempts === 1 ? 'writes' : 'undoes';
};

/** A page that a docstring names, as a link from `docs/`. */
const linked = (line = ''): string => line.replaceAll(/\bdocs\/(vendors\/(\w+)\.md#[\w-]+)/g, '[$2]($1)');

/** `docs/activities.md`, a table for each file of `activities/`. */
export async function activitiesPage(): Promise<string> {
  const declared = new Map((await declaredActivities()).map((each) => [each.activity, each]));
  const docs = activityDocs();
  const tables = [...new Set(docs.map(({ file }) => file))].toSorted().map((file) => {
    const rows = docs
      .filter((each) => each.file === file)
      .map(({ activity, lines }) => {
        const known = declared.get(activity);
        const is = known === undefined ? ['–', '–'] : [kindOf(known), known.summary];
        const said = [lines['Safe to repeat'], lines['Looks up first'], lines['Undone by']].map(linked);
        return `| \`${activity}\` | ${[...is, ...said].join(' | ')} |`;
      });
    return `## ${file}

| activity | effect | in the Web UI | safe to repeat | looks up first | undone by |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  });
  return [HEAD, ...tables].join('\n');
}
