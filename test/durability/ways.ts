import { cells as engineCells, faults, modes, ways } from '../workflows/case/carry-out-cells';
import { allCells } from './cells';
import { operations } from './operations';
import { contractCells, contractSequences, ends, ONE_IN, rotatingCells } from './parts';
import { changes, moments, sequenceCells } from './sequence-cells';

/** What `docs/durability.md` says of how much is run when; no line of it depends on how a run went. */
export function waysSection(): readonly string[] {
  const [contract, rotating, minds] = [contractCells(1), rotatingCells(1), contractSequences(1)].map(
    ({ length }) => length,
  );
  return [
    '## What is run when',
    '',
    `- **The engine once.** \`carryOut\`, which carries every writing call out, against the smallest process there is: ${modes.length} modes × ` +
      `${faults.length} faults × ${ways.length} ways to go on, as far as they make sense, are ${engineCells.length} cases (\`test/workflows/case/carry-out.test.ts\`). In every \`npm test\`.`,
    `- **Each process by its contract.** ${operations.length} calls of a purchase order with its invoice × ${ends.length} ends (${ends.join(', ')}) are ${contract} orders, ` +
      `and ${changes.length} changes of mind × ${moments.length} moments, as far as they make sense, ${minds}. In every \`.ci/run\`, by \`npm run durability -- --matrix\`. ` +
      'Which fault on the wire brings the end about, and how the vendor of the moment is, rotates with the commit.',
    `- **A part of the whole product.** ${rotating} of its ${allCells.length} orders that meet a fault, one in ${ONE_IN}, in the same run; which ones, rotates with the commit.`,
    `- **The whole product.** ${allCells.length} orders that meet a fault and ${sequenceCells.length} that change: \`npm run durability -- --matrix --full\`, which writes this page. Before every release.`,
    '',
    'No promise is weaker for the parts: what is promised is what the whole product shows below, cell by cell. What rotates is only how soon a',
    `mistake is seen that shows in single cells alone: a cell comes up in one commit of ${ONE_IN}, so three in four have within ten commits, and`,
    'ninety-nine in a hundred within thirty-five.',
  ];
}
