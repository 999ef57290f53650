import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import * as fc from 'fast-check';
import { answerCommand, waybill, type ShellLine } from '../../../src/domain/values/command-line';
import { orderOperand } from '../../../src/domain/case/names';
import { isPrintable } from '../../../src/domain/values/printable';
import { hostileText, naughtyStrings } from './naughty';

/** What a shell hands to `npx` for each line, in a folder of its own that nothing may appear in. */
function heard(given: readonly ShellLine[]): string[][] {
  const script = ["npx() { printf '%s\\0' \"$@\"; printf 'end\\0\\0'; }", ...given.map(String)].join('\n');
  const output = execFileSync('sh', { input: script, encoding: 'utf8', env: { IFS: ' ' }, stdio: 'pipe' });
  return output
    .split('end\0\0')
    .slice(0, -1)
    .map((words) => words.split('\0').slice(0, -1));
}

/** What our command line understands by the words behind `npx waybill`. */
function understood([, ...words]: readonly string[]): { operands: string[]; options: unknown } {
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  let said: { operands: string[]; options: unknown } | undefined;
  program
    .command('decide')
    .argument('[operands...]')
    .option('--by <name>')
    .action((operands: string[], options: object) => {
      said = { operands, options };
    });
  program.parse(words, { from: 'user' });
  if (said === undefined) throw new Error('nothing was understood');
  return said;
}

const typeable = hostileText.filter(isPrintable);

describe('a command for a shell', () => {
  it('hands on the very values, as operands and options, whatever they are', () => {
    const said = fc.record({ operands: fc.array(typeable, { minLength: 1, maxLength: 4 }), by: typeable });
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 30 }), (all) => {
        const lines = all.map(({ operands, by }) => waybill('decide', operands, { by }));
        for (const line of lines) expect(line.toString()).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(heard(lines).map(understood)).toEqual(all.map(({ operands, by }) => ({ operands, options: { by } })));
      }),
      { numRuns: 30 },
    );
  });

  it('does so for every naughty string, and gives no command for what cannot be typed', () => {
    const can = naughtyStrings.filter(isPrintable);
    const cannot = naughtyStrings.filter((text) => !isPrintable(text));
    expect(can.length).toBeGreaterThan(300);
    expect(cannot.length).toBeGreaterThan(30);
    const words = heard(can.map((text) => waybill('decide', [text, 'x'], { by: text })));
    expect(words.map(understood)).toEqual(can.map((text) => ({ operands: [text, 'x'], options: { by: text } })));
    const remarks = cannot.map((text) => waybill('decide', [text, 'x']));
    expect(heard(remarks)).toEqual([]);
    for (const remark of remarks) expect(remark.toString()).toMatch(/^# no command: [ -~]+$/);
  });

  it.each([
    [waybill('list'), 'npx waybill list'],
    [waybill('show', ['CL-10231']), 'npx waybill show CL-10231'],
    [waybill('show', ['CL-1;touch${IFS}x;#']), "npx waybill show 'CL-1;touch${''IFS}x;#'"],
    [waybill('show', ["O'Brien"]), String.raw`npx waybill show 'O'\''Brien'`],
    [waybill('show', ['-rf']), 'npx waybill show -- -rf'],
    [waybill('show', ['-rf'], { by: '-x' }), 'npx waybill show --by=-x -- -rf'],
    [waybill('show', ['']), "npx waybill show ''"],
    [
      waybill('list', [], {}, { TEMPORAL_ADDRESS: '127.0.0.1:7300' }),
      'TEMPORAL_ADDRESS=127.0.0.1:7300 npx waybill list',
    ],
    [answerCommand('CL-1', 'approval-1', 'approve'), 'npx waybill approve CL-1 --decision approval-1'],
    [answerCommand('CL-1', 'mismatch-1', 'dispute'), 'npx waybill decide CL-1 mismatch-1 dispute'],
    [answerCommand('CL-1', 'x-1', 'it happened', { by: 'you' }), "npx waybill decide CL-1 x-1 'it happened' --by you"],
  ])('%s', (line, text) => {
    expect(line.toString()).toBe(text);
  });

  it('names an order whose reference would be taken for a workflow id by its own workflow id', () => {
    expect(orderOperand('CL-10231')).toBe('CL-10231');
    expect(orderOperand('B2B:7')).toBe('purchase-order:B2B:7');
  });

  it('leaves nothing for the Web UI to fill in', () => {
    expect(waybill('show', ['{workflowId}']).toString()).toBe("npx waybill show '{''workflowId}'");
  });
});
