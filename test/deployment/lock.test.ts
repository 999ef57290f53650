import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(resolve(__dirname, '../../package-lock.json'), 'utf8'),
);

describe('package-lock.json', () => {
  it('has every optional package, also those of other platforms: npm ci refuses a lock that lacks one', () => {
    const wanted = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ path, name })),
    );
    expect(wanted.length).toBeGreaterThan(10);
    const missing = wanted.filter(
      ({ path, name }) => !(`${path}/node_modules/${name}` in lock.packages || `node_modules/${name}` in lock.packages),
    );
    expect(missing).toEqual([]);
  });
});
