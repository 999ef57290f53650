import { basename, join } from 'node:path';
import { root, sourceFiles } from '../architecture/imports';

/** An activity as `workflows/vendors` declares it. */
export interface Declared {
  readonly activity: string;
  readonly summary: string;
  /** One attempt, or repeated by Temporal; null where it is tried as a local activity first. */
  readonly attempts: number | null | undefined;
}

interface Options {
  readonly summary: string;
  readonly retry: { readonly maximumAttempts?: number };
}

const times = { fulfilment: { calls: { write: '1 minute', read: '1 second' }, longestPause: '1 minute' } };

/** Every activity that a workflow can call, asked by calling each declaration with a proxy that only says what was called. */
export async function declaredActivities(): Promise<readonly Declared[]> {
  const seen: Declared[] = [];
  const recording =
    (isLocal: boolean) =>
    ({ summary, retry }: Options): object =>
      new Proxy(
        {},
        {
          get: (_target, activity) => async () => {
            seen.push({ activity: String(activity), summary, attempts: isLocal ? null : retry.maximumAttempts });
          },
        },
      );
  jest.doMock('@temporalio/workflow', () => ({
    ...jest.requireActual<object>('@temporalio/workflow'),
    proxyActivities: recording(false),
    proxyLocalActivities: recording(true),
  }));
  // What marks calls them; it declares none.
  const files = sourceFiles('workflows/vendors').filter((file) => !basename(file).startsWith('mark-'));
  const calls = files.flatMap((file) =>
    Object.values(require(join(root, file)) as Record<string, (caller: object) => Promise<void>>),
  );
  for (const call of calls) await call({ policy: times });
  return seen;
}

/** Those that write, in one attempt, or undo, as often as it takes. */
export const writingActivities = async (): Promise<string[]> =>
  (await declaredActivities()).filter(({ attempts }) => attempts !== null).map(({ activity }) => activity);
