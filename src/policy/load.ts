import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Policy } from '../domain/case/policy';
import { readWrittenJson } from '../domain/values/written-json';
import { policyFaults } from './faults';
import { PolicyFile } from './schema';
import { meant } from './settings';

/** Thrown when a policy file cannot be used; each fault is one line that begins with its path in the file. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';

  constructor(
    readonly path: string,
    readonly faults: readonly string[],
  ) {
    super([`the policy ${path} is wrong:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

/**
 * Reads and checks a policy file.
 *
 * @throws PolicyError with every fault at once, also where the file is missing or no JSON.
 */
export function loadPolicy(path: string): Policy {
  const read = readWrittenJson(readFile(path));
  if ('faults' in read) throw new PolicyError(path, read.faults);
  const { success, data, error } = PolicyFile.safeParse(read.value);
  if (!success) throw new PolicyError(path, error.issues.flatMap(sentences));
  const { $schema: _, ...policy } = data;
  const faults = policyFaults(policy);
  if (faults.length > 0) throw new PolicyError(path, faults);
  return policy;
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    throw new PolicyError(path, [
      error.code === 'ENOENT'
        ? 'file not found; copy waybill.policy.example.json, or set WAYBILL_POLICY to its path'
        : `it cannot be read (${String(error.code)})`,
    ]);
  }
}

/** One line per fault: `approval.limits[0].above: must be …`. */
function sentences(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${pathOf([...issue.path, key])}: unknown setting${meant(issue.path, key)}`);
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.startsWith('Invalid input')) {
    return [`${pathOf(issue.path)}: is missing (${issue.expected})`];
  }
  return [`${pathOf(issue.path)}: ${issue.message.replace(/^Invalid (input|option): /, '')}`];
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '') || 'the file';
