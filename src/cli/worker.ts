import { readEnvironment } from '../config';
import { runInForeground } from '../local/foreground';
import { workerProcess } from '../local/processes';
import { note, say } from '../terminal/output';

/** Runs the worker in the foreground, as `npm run worker` does; it ends by SIGTERM or Ctrl-C. */
export const runWorker = (): Promise<void> =>
  runInForeground(workerProcess(readEnvironment(), null), () => note(say`The worker is ready. Ctrl-C ends it.`));
