import { sourceText } from '../architecture/imports';

const HEAD = `# The policy

Every setting of \`waybill.policy.json\`, from the schema by which it is read; \`[]\` stands for each entry of a list. One that has neither a
default nor *may be left out* must be set. \`waybill.policy.example.json\` is a whole one; how it is used: [configuration](configuration.md). Written by \`npm run docs\`.

| setting | what it is | default |
| --- | --- | --- |
`;

/** What this page reads of a JSON schema. */
interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const fallback = (one: Schema, isRequired: boolean): string => {
  if (one.default !== undefined) return `\`${JSON.stringify(one.default)}\``;
  return isRequired ? '' : 'may be left out';
};

function rows(schema: Schema, path: string): string[] {
  const { properties = {}, required = [], items, anyOf = [] } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, one]) => {
      const setting = `${path}${name}`;
      const isGroup = one.properties !== undefined || one.items?.properties !== undefined;
      const told = [`\`${setting}\``, one.description ?? '', fallback(one, required.includes(name))];
      const inside = rows(one, `${setting}.`);
      return isGroup && one.description === undefined ? inside : [`| ${told.join(' | ')} |`, ...inside];
    }),
    ...(items === undefined ? [] : rows(items, `${path.replace(/\.$/, '')}[].`)),
    ...anyOf.flatMap((one) => rows(one, path)),
  ];
}

/** `docs/policy.md`. */
export function policyPage(): string {
  const schema: Schema = JSON.parse(sourceText('waybill.policy.schema.json'));
  const settings = rows(schema, '').filter((row) => !row.startsWith('| `$schema`'));
  return `${HEAD}${settings.join('\n')}\n`;
}
