import * as fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { jsonBytes } from '../../../src/domain/values/bounds';
import { waybill } from '../../../src/domain/values/command-line';
import { asMarkdown, lines, summary, unescaped, type Markdown } from '../../../src/domain/values/markdown';
import { printable } from '../../../src/domain/values/printable';
import { LINEAR, growth } from '../../growth';
import { hostileText, naughtyStrings } from './naughty';
import { elementNames, rendered, type Rendered } from './web-ui';

const pageOf = (given: Markdown, withTables?: boolean): readonly Rendered[] => rendered(given.toString(), withTables);

/** HTML of everything GitHub knows, back as text. */
const textOfHtml = (html: string): string =>
  html
    .replace(/^<p>(.*)<\/p>$/s, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

function showsJust(text: string): void {
  const shown = printable(text);
  const given = asMarkdown`${text}`;
  for (const withTables of [true, false]) {
    expect(pageOf(given, withTables)).toEqual(shown === '' ? [] : [{ element: 'p', text: shown, within: [] }]);
  }
  const html = micromark(given.toString(), { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
  expect(textOfHtml(html)).toBe(shown);
}

describe('a text in Markdown', () => {
  it('shows each naughty string, and nothing else', () => {
    expect(naughtyStrings.length).toBeGreaterThan(500);
    for (const text of naughtyStrings) showsJust(text);
  });

  it('shows what was given, whatever it was', () => {
    fc.assert(fc.property(hostileText, showsJust), { numRuns: 1_000 });
  });

  it('stays what it is beside others, at the beginning of a line and in it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const [first, second] = [printable(one), printable(other)];
        fc.pre(first !== '' && second !== '');
        expect(pageOf(asMarkdown`${one} ${other}`)).toEqual([{ element: 'p', text: `${first} ${second}`, within: [] }]);
        expect(pageOf(lines([asMarkdown`x ${one}`, asMarkdown`x ${other}`]))).toEqual([
          { element: 'p', text: `x ${first}\nx ${second}`, within: [] },
        ]);
        expect(pageOf(asMarkdown`- ${one}: ${other}`)).toEqual([
          {
            element: 'ul',
            text: `\n${first}: ${second}\n`,
            within: [{ element: 'li', text: `${first}: ${second}`, within: [] }],
          },
        ]);
        expect(pageOf(asMarkdown`### ${one} · ${other}`)).toEqual([
          { element: 'h3', text: `${first} · ${second}`, within: [] },
        ]);
      }),
      { numRuns: 400 },
    );
  });

  it('stays in its cell of a table', () => {
    const cell = hostileText.filter((text) => printable(text) !== '');
    fc.assert(
      fc.property(cell, cell, (one, other) => {
        const row = asMarkdown`| ${one} | ${other} |`;
        const page = pageOf(lines([row, asMarkdown`| --- | ---: |`, row]));
        const texts = [printable(one), printable(other)];
        expect(['th', 'td'].map((element) => textsOf(page, element))).toEqual([texts, texts]);
        expect(elementNames(page).join(' ')).toBe('table thead tr th th tbody tr td td');
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['PO-1001: 12,100 × AP-BRO, 0.85 GBP.', 'PO-1001: 12,100 × AP-BRO, 0.85 GBP.'],
    ['CL-10231', 'CL-10231'],
    ['100', '100'],
  ])('is readable where nothing renders it: %s', (text, given) => {
    expect(asMarkdown`${text}`.toString()).toBe(given);
  });
});

it('takes time in proportion to the text', () => {
  const texts = (length: number): string[] =>
    ['-', '.', ':a', '`', '\\', '&#', '1)', 'w.'].map((part) => part.repeat(length / part.length));
  expect(growth(50_000, texts, (each) => each.forEach((text) => void asMarkdown`${text}`))).toBeLessThan(LINEAR);
});

describe('a command in Markdown', () => {
  it('is code that holds the very line', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (order, choice) => {
        const command = waybill('decide', [order, choice], { by: 'you' });
        const [paragraph, ...others] = pageOf(asMarkdown`Answer: ${command}.`);
        expect(others).toEqual([]);
        expect(paragraph).toEqual({
          element: 'p',
          text: `Answer: ${command.toString()}.`,
          within: [{ element: 'code', text: command.toString(), within: [] }],
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a summary', () => {
  it('is one line of plain text that Temporal takes, cut where it is too long', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 30 }), (texts) => {
        const text = printable(texts.join(' '));
        const summarised = summary(text);
        expect(jsonBytes(summarised) - 2).toBeLessThanOrEqual(400);
        const page = rendered(summarised);
        const shown = page[0]?.text ?? '';
        expect(page).toEqual(shown === '' ? [] : [{ element: 'p', text: shown, within: [] }]);
        expect(unescaped(summarised)).toBe(shown);
        expect(shown.endsWith('…') ? text.startsWith(shown.slice(0, -1)) : shown === text).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is readable as it is, for whoever asks Temporal itself', () => {
    const text = 'Purchase order PO-1001: 100 × AP-BRO';
    expect(summary(text)).toBe(text);
  });
});

const textsOf = (page: readonly Rendered[], wanted: string): readonly string[] =>
  page.flatMap(({ element, text, within }) => (element === wanted ? [text] : textsOf(within, wanted)));
