import { CliError, exitCodes } from '../terminal/cli-error';
import type { PartSpec } from './guardian';
import { startParts } from './parts';
import { onStopRequest } from './stop-request';
import { say } from '../terminal/output';

/**
 * Runs one part in the foreground, its output being ours, until it ends or the user stops it.
 *
 * @throws CliError where it ends by itself with an exit code that is not 0; wrong use (2) stays wrong use.
 */
export async function runInForeground(spec: PartSpec, ready: (line: string) => void): Promise<void> {
  const parts = startParts('inherit');
  try {
    const part = await parts.start(spec);
    const stop = onStopRequest();
    void stop.made.then(() => part.stop());
    part.ready.then(ready, () => undefined);
    const { code, reason } = await part.ended;
    stop.forget();
    if (!stop.requested() && code !== 0) {
      throw new CliError(
        say`The ${spec.name} ${reason}.`,
        code === exitCodes.wrongUse ? exitCodes.wrongUse : exitCodes.failed,
      );
    }
  } finally {
    await parts.stop();
  }
}
