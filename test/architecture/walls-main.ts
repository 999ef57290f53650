/** `npm run walls`: whether every import of the product stays within the walls of ARCHITECTURE.md. */
import { sourceFiles } from './imports';
import { crossingsOf } from './walls';

const files = sourceFiles('src', 'activities', 'workflows', 'worker');
const faults = crossingsOf(files);
for (const { file, target, isTypeOnly } of faults)
  process.stderr.write(`${file} may not import ${target}${isTypeOnly ? ', not even as a type' : ''}\n`);
process.stderr.write(
  faults.length === 0
    ? `${files.length} files: each imports what its room may.\n`
    : `${faults.length} imports cross a wall; who may import what: ARCHITECTURE.md, "Rooms".\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
