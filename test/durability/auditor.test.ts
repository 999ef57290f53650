import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, invariants } from './auditor/audit';
import { mutants } from './mutants';
import { soundEvidence } from './sound-evidence';
import type { Tampered } from './tampering';

it('finds nothing in a sound run', () => {
  expect(audit(soundEvidence())).toEqual([]);
});

it.each(mutants)('catches: $mistake', ({ caughtBy, tamper }) => {
  const evidence = structuredClone(soundEvidence()) as Tampered;
  tamper(evidence);
  expect(audit(evidence).map(({ invariant }) => invariant)).toContain(caughtBy);
});

it('has a mutant for each of its invariants', () => {
  expect(new Set(mutants.map(({ caughtBy }) => caughtBy))).toEqual(new Set(invariants));
});

it('imports nothing but itself', () => {
  const folder = join(__dirname, 'auditor');
  const imported = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)|require\('([^']+)'\)/g),
    ].map(([, from]) => from),
  );
  expect(imported.length).toBeGreaterThan(0);
  for (const from of imported) expect(from).toMatch(/^\.\/[a-z-]+$/);
});
