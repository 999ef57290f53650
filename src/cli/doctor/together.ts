import { checksOf, type Finding, type Findings, type System } from './finding';

/** A finding, and the ones after it, which are being found already. */
interface Told {
  readonly finding: Finding;
  readonly rest: Promise<Told | undefined>;
}

/** Begins at once; it is read later. */
export function begun(findings: Findings): Findings {
  const first = next(findings);
  return (async function* () {
    for (let told = await first; told !== undefined; told = await told.rest) yield told.finding;
  })();
}

function next(findings: Findings): Promise<Told | undefined> {
  const found = findings
    .next()
    .then(({ done, value }) =>
      done === true || value === undefined ? undefined : { finding: value, rest: next(findings) },
    );
  // The reader gets the failure. Until it reads, the rejection must not count as unhandled.
  found.catch(() => undefined);
  return found;
}

/**
 * The findings of one system until its time is over: what has not answered by then is told, and left.
 *
 * @param over aborts the calls of the examination too
 */
export async function* within(system: System, seconds: number, over: AbortSignal, findings: Findings): Findings {
  const ended = new Promise<'over'>((resolve) => {
    if (over.aborted) resolve('over');
    over.addEventListener('abort', () => resolve('over'), { once: true });
  });
  for (;;) {
    const step = await Promise.race([findings.next(), ended]);
    if (step === 'over') {
      yield checksOf(system).bad(
        'time',
        `timed out after ${seconds} s; the checks not listed above were not made`,
        'try again; if it is slow again, ask the vendor',
      );
      return;
    }
    if (step.done === true) return;
    yield step.value;
  }
}
