import { PassThrough } from 'node:stream';
import { isConfirmed } from '../../src/cli/confirm';
import { say } from '../../src/terminal/output';

/** What a person types, and what is read of it. */
async function asked(typed: string): Promise<{ answer: boolean; prompt: string }> {
  const [from, to] = [new PassThrough(), new PassThrough()];
  const answer = isConfirmed(say`Answer these ${2} decisions?`, from, to);
  from.end(typed);
  return { answer: await answer, prompt: String(to.read()) };
}

describe('isConfirmed', () => {
  it.each([
    ['y\n', true],
    ['Yes\n', true],
    [' yes \r\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['no\ny\n', false],
    ['', false],
  ])('%j is %s', async (typed, expected) => {
    const { answer, prompt } = await asked(typed);
    expect(answer).toBe(expected);
    expect(prompt).toBe('Answer these 2 decisions? [y/N] ');
  });
});
