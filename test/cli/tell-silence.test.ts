import type { Standing } from '../../src/cli/orders/standing';
import { tellSilence } from '../../src/cli/tell-silence';
import { say } from '../../src/terminal/output';

const manex = (orders: number): Standing => ({ about: 'manex', says: say`ManEx is silent to ${orders}.` });
const aside = (count: number): Standing => ({ about: 'set aside', count, says: say`${count} are set aside.` });
const refusal = new Error('the list was not read', { cause: new Error('14 UNAVAILABLE: no connection') });

/** What is told after each look, without its time of day, when these are what is looked at one after the other. */
async function told(...looks: readonly (readonly Standing[] | Error)[]): Promise<readonly (readonly string[])[]> {
  const over = new AbortController();
  const after: string[][] = [[]];
  const left = [...looks];
  await tellSilence(
    {
      look: async () => {
        const next = left.shift() ?? [];
        if (next instanceof Error) throw next;
        return next;
      },
      tell: (text) => after.at(-1)?.push(...text.toString().split('\n')),
      pause: async () => {
        if (left.length === 0) over.abort();
        else after.push([]);
      },
    },
    over.signal,
  );
  expect(after.flat().filter((line) => !/^\d\d:\d\d:\d\d {2}/.test(line))).toEqual([]);
  return after.map((sentences) => sentences.map((line) => line.slice(10)));
}

it('says once what begins, and once what is over', async () => {
  expect(await told([], [manex(1)], [manex(1), aside(2)], [aside(2)], [])).toEqual([
    [],
    ['ManEx is silent to 1.'],
    ['2 are set aside.'],
    ['Over:  ManEx is silent to 1.'],
    ['Over:  2 are set aside.', 'Every vendor answers, and no record is set aside.'],
  ]);
});

it('says nothing again for a count that moves, but where the count is the news', async () => {
  expect(await told([manex(1)], [manex(2)], [manex(3), aside(1)], [manex(4), aside(2)])).toEqual([
    ['ManEx is silent to 1.'],
    [],
    ['1 are set aside.'],
    ['2 are set aside.'],
  ]);
});

it('says that it cannot see, and takes nothing for over meanwhile', async () => {
  const blind = 'Temporal does not say whether vendors answer and records are set aside: 14 UNAVAILABLE: no connection';
  expect(await told([manex(1)], refusal, refusal, [manex(1)], [])).toEqual([
    ['ManEx is silent to 1.'],
    [blind],
    [],
    [`Over:  ${blind}`],
    ['Over:  ManEx is silent to 1.', 'Every vendor answers, and no record is set aside.'],
  ]);
  expect(await told(new Error('no'))).toEqual([[blind.replace('14 UNAVAILABLE: no connection', 'no')]]);
});

it('says nothing about a look that its end has cut off', async () => {
  const over = new AbortController();
  const said: string[] = [];
  const look = async (): Promise<never> => {
    over.abort();
    throw new Error('the connection is closed');
  };
  await tellSilence({ look, tell: (text) => said.push(text.toString()), pause: async () => undefined }, over.signal);
  expect(said).toEqual([]);
});
