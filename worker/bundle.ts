import { bundleWorkflowCode, type Logger } from '@temporalio/worker';

/**
 * The workflows and the domain are loaded once per V8 context and shared, instead of being evaluated again for every
 * cached workflow (docs/performance.md). That is safe only while no module of
 * theirs keeps state at its top level; the SDK freezes them, and a test looks.
 */
const preloadModules = (): string[] => [
  require.resolve('../workflows/case/stack-depth'),
  require.resolve('../workflows'),
];

/** The workflows as one script, for a built worker and for tests. */
export async function bundleWorkflows(logger: Logger): Promise<string> {
  const workflowsPath = require.resolve('../workflows');
  const { code } = await bundleWorkflowCode({ workflowsPath, preloadModules: preloadModules(), logger });
  return code;
}
