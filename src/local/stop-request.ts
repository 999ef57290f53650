import { readEnvironment, type Environment } from '../config';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LOOK_MS = 500;
const parentAtFirst = process.ppid;

export interface StopRequest {
  readonly requested: () => boolean;
  /** Resolves at the first Ctrl-C, SIGTERM or closing terminal; later ones change nothing. */
  readonly made: Promise<undefined>;
  /** Gives the signals back to Node's default. */
  forget(): void;
}

/** From here on the user's wish to stop is a value, not the end of the process. */
export function onStopRequest(environment: Environment = readEnvironment()): StopRequest {
  let wasRequested = false;
  let listener: () => void = () => undefined;
  const made = new Promise<undefined>((resolve) => {
    listener = () => {
      wasRequested = true;
      resolve(undefined);
    };
  });
  for (const signal of signals) process.on(signal, listener);
  const watch = startedByNpm(environment) ? onParentGone(listener) : undefined;
  return {
    requested: () => wasRequested,
    made,
    forget() {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, listener);
    },
  };
}

const startedByNpm = (environment: Environment): boolean => (environment['npm_lifecycle_event'] ?? '') !== '';

/**
 * npm passes SIGTERM on to the shell between it and us, and no further: all we see of it is that our parent is another.
 * Only under npm: who starts us in the background and closes the shell wants us to go on.
 */
const onParentGone = (listener: () => void): NodeJS.Timeout =>
  setInterval(() => {
    if (process.ppid !== parentAtFirst) listener();
  }, LOOK_MS).unref();
