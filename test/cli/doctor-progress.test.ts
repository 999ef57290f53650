import { progress } from '../../src/cli/doctor/progress';

/** What a terminal shows in its last line after all that was written to it. */
function terminal(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 };
  return { stream, written, line: () => written.join('').split('\r\u001b[2K').at(-1) };
}

it('a terminal shows what is still looked at, beneath what is printed, and nothing of it in the end', () => {
  const { stream, line, written } = terminal(true);
  const shown = progress(['temporal', 'manex'], 90, stream);
  expect(line()).toBe('… looking at temporal, manex (at most 90 s each)');
  shown.without('temporal');
  expect(line()).toBe('… looking at manex (at most 90 s each)');
  let before: string | undefined;
  shown.above(() => (before = line()));
  expect([before, line()]).toEqual(['', '… looking at manex (at most 90 s each)']);
  shown.end();
  expect(line()).toBe('');
  expect(written.join('')).not.toContain('\n');
});

it('what is no terminal gets nothing, and what is printed is printed', () => {
  const { stream, written } = terminal(false);
  const shown = progress(['manex'], 90, stream);
  let printed = 0;
  shown.above(() => printed++);
  shown.without('manex');
  shown.end();
  expect([written, printed]).toEqual([[], 1]);
});
