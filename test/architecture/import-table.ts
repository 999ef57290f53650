import type { Import } from './imports';

/** What the files of one folder may import (design §3), as patterns of {@link Import.target}. */
interface Rule {
  /** Files by their path from the root; `$1` in a pattern stands for what the group caught. */
  readonly files: RegExp;
  readonly atRunTime: readonly string[];
  /** What may be imported as a type besides. */
  readonly asTypes?: readonly string[];
}

const NODE = 'node:.*';

/** The first rule that fits a file counts, so that an exception stands before its folder. */
export const importTable: readonly Rule[] = [
  { files: /^src\/domain\//, atRunTime: ['src/domain/.*'] },
  { files: /^src\/transport\//, atRunTime: ['src/transport/.*', 'src/domain/.*', 'soap', 'fast-xml-parser', NODE] },
  // What an installation gives in files of its own is read where it is understood (ADR 13).
  ...vendors(/^src\/vendors\/(\w+)\/[\w-]+-file\.ts$/, 'node:fs'),
  // `node:path` only: a SOAP client names the WSDL file beside it.
  ...vendors(/^src\/vendors\/(\w+)\//),
  { files: /^src\/sandbox\//, atRunTime: ['src/sandbox/.*', 'src/domain/.*', 'soap', 'fast-xml-parser', NODE] },
  {
    files: /^src\/payloads\//,
    atRunTime: ['src/payloads/.*', 'src/domain/.*', 'zod', NODE, '@temporalio/common'],
  },
  { files: /^src\/(documents|policy)\//, atRunTime: ['src/$1/.*', 'src/domain/.*', 'zod', NODE] },
  { files: /^src\/config(\.ts$|\/)/, atRunTime: ['src/config/.*', 'src/domain/.*', 'zod', NODE] },
  ...cli(/^src\/cli\/temporal-server\.ts$/, '@temporalio/testing'),
  ...cli(/^src\/cli\/(.*\/)?doctor\b/, 'src/vendors/.*', 'src/transport/.*', 'src/config/.*'),
  ...cli(/^src\/cli\//),
  ...activities(/^activities\/(orders\.ts$|feeds\/)/, '@temporalio/client'),
  ...activities(/^activities\//),
  {
    files: /^workflows\//,
    atRunTime: ['workflows/.*', 'src/domain/.*', '@temporalio/workflow'],
    asTypes: ['activities/.*'],
  },
  {
    // Workflows by path only: the bundler reads them, the worker does not.
    files: /^worker\//,
    atRunTime: ['worker/.*', 'activities/.*', 'src/(?!sandbox/|cli/).*', '@temporalio/.*', 'pino', 'long', NODE],
  },
];

function vendors(files: RegExp, ...more: readonly string[]): Rule[] {
  const own = ['src/vendors/$1/.*', 'src/transport/.*', 'src/domain/.*'];
  return [{ files, atRunTime: [...own, 'zod', 'node:path', ...more] }];
}

function cli(files: RegExp, ...more: readonly string[]): Rule[] {
  const own = ['src/cli/.*', 'workflows/messages', 'src/(domain|policy|payloads|sandbox)/.*', 'src/config'];
  const packages = ['@temporalio/client', '@temporalio/envconfig', 'commander', 'picocolors', 'zod', NODE];
  return [{ files, atRunTime: [...own, ...packages, ...more], asTypes: ['workflows/.*'] }];
}

function activities(files: RegExp, ...more: readonly string[]): Rule[] {
  const own = ['activities/.*', 'src/vendors/.*', 'src/documents/.*', 'src/transport/vendor-error', 'src/domain/.*'];
  const types = ['workflows/.*', 'src/transport/call'];
  return [{ files, atRunTime: [...own, '@temporalio/activity', ...more], asTypes: types }];
}

/** Whether the rule of its file lets this import be. */
export function isAllowed({ file, target, isTypeOnly }: Import): boolean {
  const rule = importTable.find(({ files }) => files.test(file));
  const patterns = [...(rule?.atRunTime ?? []), ...(isTypeOnly ? (rule?.asTypes ?? []) : [])];
  const [, caught = ''] = rule?.files.exec(file) ?? [];
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('$1', caught)}$`).test(target));
}
