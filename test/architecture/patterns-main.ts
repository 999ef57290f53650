/** `npm run patterns`: whether every regular expression of the product takes its time by the length of the text. */
import { checkPatterns, productTexts } from './pattern-check';

const { patterns, faults } = checkPatterns(productTexts());
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stderr.write(
  faults.length === 0
    ? `${patterns} patterns: each takes its time by the length of the text.\n`
    : `${faults.length} of the places where ${patterns} patterns stand fail; how to write them: docs/untrusted-text.md, "What comes in".\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
