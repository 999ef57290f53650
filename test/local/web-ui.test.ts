import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readEnvironment } from '../../src/config';
import { waybill } from '../../src/domain/values/command-line';
import { asMarkdown, lines, summary, unescaped, type Markdown } from '../../src/domain/values/markdown';
import { printable } from '../../src/domain/values/printable';
import { startParts, type Parts } from '../../src/local/parts';
import { freePort } from '../../src/local/ports';
import { startTemporalServer, temporalCli } from '../../src/local/temporal-server';
import { note } from '../../src/terminal/output';
import { hostileText, naughtyStrings } from '../domain/values/naughty';

/** What the Web UI that comes with the Temporal CLI makes of our Markdown: it renders it itself, and not as CommonMark does. */
let directory: string;
let parts: Parts;
let uiUrl: string;

beforeAll(async () => {
  const environment = readEnvironment();
  const { path: cli } = await temporalCli(environment, note);
  directory = mkdtempSync(join(tmpdir(), 'waybill-web-ui-'));
  parts = startParts();
  const [port, uiPort] = [await freePort(0), await freePort(0)];
  ({ uiUrl } = await startTemporalServer({ cli, parts, port, uiPort, log: join(directory, 'log'), environment }));
}, 300_000);
afterAll(async () => {
  await parts.stop();
  rmSync(directory, { recursive: true });
});

/**
 * The HTML between the page's `main` tags. Straight quotes that are no code this renderer draws as typographic ones, and
 * nothing stops it: they count as the same here.
 */
async function page(markdown: Markdown | string): Promise<string> {
  const answer = await fetch(`${uiUrl}/render?content=${encodeURIComponent(markdown.toString())}`);
  expect(answer.status).toBe(200);
  const html = /<main>(.*)<\/main>/s.exec(await answer.text())?.[1] ?? '';
  return html
    .trim()
    .replaceAll(/&[lr]squo;/g, "'")
    .replaceAll(/&[lr]dquo;/g, '&quot;')
    .replaceAll(/ (?:id|align)="[\w\p{L}\p{N}-]*"/gu, '');
}

/** Text as HTML that shows it. */
const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const paragraph = (shown: string): string => (shown === '' ? '' : `<p>${html(shown)}</p>`);

it('shows each naughty string, and nothing else', async () => {
  for (const text of naughtyStrings) expect(await page(asMarkdown`${text}`)).toBe(paragraph(printable(text)));
}, 60_000);

it('shows what was given, whatever it was', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      expect(await page(asMarkdown`${text}`)).toBe(paragraph(printable(text)));
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

it('shows it beside others, in headings, lists and tables', async () => {
  const text = hostileText.filter((given) => printable(given) !== '');
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      const [first, second] = [html(printable(one)), html(printable(other))];
      expect(await page(lines([asMarkdown`x ${one} ${other}`, asMarkdown`${other}`]))).toBe(
        `<p>x ${first} ${second}\n${second}</p>`,
      );
      expect(await page(asMarkdown`### ${one} · ${other}`)).toBe(`<h3>${first} · ${second}</h3>`);
      expect(await page(lines([asMarkdown`- ${one}: ${other}`, asMarkdown`- ${other}`]))).toBe(
        `<ul>\n<li>${first}: ${second}</li>\n<li>${second}</li>\n</ul>`,
      );
      const row = asMarkdown`| ${one} | ${other} |`;
      const cells = (name: string): string =>
        `<tr>\n<${name}>${first}</${name}>\n<${name}>${second}</${name}>\n</tr>\n`;
      expect(await page(lines([row, asMarkdown`| --- | ---: |`, row]))).toBe(
        `<table>\n<thead>\n${cells('th')}</thead>\n\n<tbody>\n${cells('td')}</tbody>\n</table>`,
      );
    }),
    { numRuns: 300 },
  );
}, 60_000);

it('shows a command as code that holds the very line', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (order, choice) => {
      const command = waybill('decide', [order, choice], { by: 'you' });
      expect(await page(asMarkdown`Answer: ${command} or ${choice}.`)).toBe(
        `<p>Answer: <code>${html(command.toString())}</code> or ${html(printable(choice))}.</p>`,
      );
    }),
    { numRuns: 300 },
  );
}, 60_000);

it('shows a summary as its text', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const summarised = summary(text);
      expect(await page(summarised)).toBe(paragraph(unescaped(summarised)));
    }),
    { numRuns: 200 },
  );
}, 60_000);
