import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Copy, type Edit } from './copy';
import { root } from './imports';

/** The files of a vendor called Acme, as a developer would add them. */
const fixture = join(root, 'test/fixtures/sixth-vendor');

export const newFiles: readonly string[] = readdirSync(fixture, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(fixture, join(entry.parentPath, entry.name)))
  .toSorted();

/** The first step: from here on the compiler tells the way. */
const nameIt: Edit = { file: 'src/domain/case/names.ts', at: /vendorNames = \[[^\]]*(?=\])/, written: ", 'acme'" };

const edits: readonly Edit[] = [
  nameIt,
  { file: 'src/domain/case/names.ts', at: /taskQueues = \{\n/, written: "  acme: 'acme',\n" },
  { file: 'src/domain/case/hang.ts', at: /vendorTitles: [^\n]*\{\n/, written: "  acme: 'Acme',\n" },
  { file: 'src/config.ts', at: /^/, written: "import { readAcme, type AcmeAccess } from './config/acme';\n" },
  { file: 'src/config.ts', at: /vendorVariables = \{\n/, written: "  acme: ['ACME_ENDPOINT', 'ACME_API_KEY'],\n" },
  { file: 'src/config.ts', at: /vendorPrefixes = \{\n/, written: "  acme: 'ACME_',\n" },
  { file: 'src/config.ts', at: /interface VendorAccess \{\n/, written: '  readonly acme: AcmeAccess;\n' },
  { file: 'src/config.ts', at: /claritum: readClaritum\(given\),\n/, written: '    acme: readAcme(given),\n' },
  {
    file: 'src/config.ts',
    at: /claritum: taken\(vendors\.claritum\),\n/,
    written: '      acme: taken(vendors.acme),\n',
  },
  {
    file: 'src/local/sandbox-environment.ts',
    at: /sandboxVariables = [^\n]*\(\{\n/,
    written: "  acme: { ACME_ENDPOINT: `${origin}/acme`, ACME_API_KEY: 'acme-key' },\n",
  },
  { file: 'src/cli/doctor/finding.ts', at: /systems = \[[^\]]*(?=\])/, written: ", 'acme'" },
  { file: 'src/cli/doctor/doctor.ts', at: /^/, written: "import { examineAcme } from './acme';\n" },
  { file: 'src/cli/doctor/doctor.ts', at: /const \{ claritum(?=,)/, written: ', acme' },
  {
    file: 'src/cli/doctor/doctor.ts',
    at: /temporal: \(\) => examineTemporal\(at\),\n/,
    written: "    acme: () => examineVendor('acme', acme, at, examineAcme),\n",
  },
  { file: 'src/cli/doctor/doctor.ts', at: /const without = \{\n/, written: '  acme: NEEDED,\n' },
  { file: 'src/sandbox/server.ts', at: /^/, written: "import { AcmeSandbox } from './acme/sandbox';\n" },
  { file: 'src/sandbox/server.ts', at: /const vendors = \[/, written: 'new AcmeSandbox(), ' },
  { file: 'worker/vendors.ts', at: /^/, written: "import { createAcmeActivities } from '../activities/acme';\n" },
  { file: 'worker/vendors.ts', at: /^/, written: "import { AcmeClient } from '../src/vendors/acme/client';\n" },
  {
    file: 'worker/vendors.ts',
    at: /\n {2}return \{ fulfilment: \{/,
    where: 'before',
    written: '\n  const acme = createAcmeActivities(new AcmeClient(config.vendors.acme));',
  },
  { file: 'worker/vendors.ts', at: /return \{ fulfilment: \{/, written: ' ...acme,' },
  { file: 'worker/vendors.ts', at: /return \{ fulfilment: \{[^}]*\},/, written: ' acme,' },
  {
    file: 'workflows/purchase-order/fulfilment.ts',
    at: /^/,
    written: "import { findConsignment } from '../vendors/acme';\n",
  },
  {
    file: 'workflows/purchase-order/fulfilment.ts',
    at: /switch \(vendor\) \{\n/,
    written:
      "      case 'acme':\n        return untilAnswered(() => findConsignment.awaited(this, { reference: orderRef }));\n",
  },
];

export const changedFiles: readonly string[] = [...new Set(edits.map(({ file }) => file))];

/** A copy of the project that a vendor is added to. */
export class SixthVendor extends Copy {
  /** Only the first step: what is still missing then, the compiler says. */
  nameIt(): void {
    this.edit(nameIt);
  }

  /** All the rest. */
  addIt(): void {
    this.add(fixture);
    for (const edit of edits) if (edit !== nameIt) this.edit(edit);
  }
}
