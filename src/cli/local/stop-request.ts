const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface StopRequest {
  readonly requested: () => boolean;
  /** Resolves at the first Ctrl-C, SIGTERM or closing terminal; later ones change nothing. */
  readonly made: Promise<undefined>;
  /** Gives the signals back to Node's default. */
  forget(): void;
}

/** From here on the user's wish to stop is a value, not the end of the process. */
export function onStopRequest(): StopRequest {
  let wasRequested = false;
  let listener: () => void = () => undefined;
  const made = new Promise<undefined>((resolve) => {
    listener = () => {
      wasRequested = true;
      resolve(undefined);
    };
  });
  for (const signal of signals) process.on(signal, listener);
  return {
    requested: () => wasRequested,
    made,
    forget() {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
