import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy, PolicyError } from '../../src/policy/load';

/** What the loader says of a policy file with this content; nothing where it loads. */
export function faultsOf(directory: string, content: string | Buffer): readonly string[] {
  const path = join(directory, 'policy.json');
  writeFileSync(path, content);
  try {
    loadPolicy(path);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.faults;
    throw error;
  }
}
