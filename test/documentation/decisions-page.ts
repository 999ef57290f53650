import type { CataloguedQuestion } from '../../src/domain/case/question';
import { catalogue } from '../../src/cli/orders/catalogue';

const HEAD = `# Every decision

Each question that Waybill asks a person, as it stands in \`src/domain/*/questions.ts\`; \`…\` stands for what is filled in. How they are
answered, by whom and until when: [the process](processes/purchase-order.md#every-decision). Written by \`npm run docs\`.
`;

const asked = ({ topic, kind, question, lookAt, choices }: CataloguedQuestion): string => `### \`${topic}\`

*${question.replaceAll(/\{\w+\}/g, '…')}* (\`${kind}\`)

| choice | what it does |
| --- | --- |
${Object.entries(choices)
  .map(([choice, does]) => `| \`${choice}\` | ${does} |`)
  .join('\n')}

**Look at** ${lookAt}.
`;

/** `docs/decisions.md`. */
export const decisionsPage = (): string =>
  [HEAD, ...Object.entries(catalogue).flatMap(([whose, questions]) => [`## ${whose}\n`, ...questions.map(asked)])].join(
    '\n',
  );
