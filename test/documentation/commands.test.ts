import { createProgram } from '../../src/cli/program';
import { markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';

it('have a line each on their page, and no other has', () => {
  const rows = markdownTable(sourceText('docs/commands.md'), 'command', 'does');
  const told = rows.flatMap(([cell = '']) => [...cell.matchAll(/`waybill ([a-z]+)/g)].map(([, name = '']) => name));
  const commands = createProgram().commands.map((command) => command.name());
  expect(commands.length).toBeGreaterThan(10);
  expect([...new Set(told)].toSorted()).toEqual(commands.toSorted());
});
