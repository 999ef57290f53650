import { sourceText } from '../architecture/imports';

const page = sourceText('docs/configuration.md');
const variables = [...sourceText('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);

it('names every variable of .env.example, and no other', () => {
  expect(variables.length).toBeGreaterThan(20);
  const named = [...page.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name);
  expect([...new Set(named)].toSorted()).toEqual([...new Set(variables)].toSorted());
});
