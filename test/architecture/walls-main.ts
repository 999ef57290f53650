/** `npm run walls`: whether every import of the product stays within the walls of ARCHITECTURE.md. */
import { importsOf, sourceFiles } from './imports';
import { isAllowed } from './walls';

const files = sourceFiles('src', 'activities', 'workflows', 'worker');
const faults = files.flatMap((file) => importsOf(file)).filter((each) => !isAllowed(each));
for (const { file, target, isTypeOnly } of faults)
  process.stderr.write(`${file} may not import ${target}${isTypeOnly ? ', not even as a type' : ''}\n`);
process.stderr.write(
  faults.length === 0
    ? `${files.length} files: each imports what its room may.\n`
    : `${faults.length} imports cross a wall; who may import what: ARCHITECTURE.md, "Rooms".\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
