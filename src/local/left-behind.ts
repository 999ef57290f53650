import { CliError } from '../terminal/cli-error';
import { joined, say, type Printable } from '../terminal/output';
import { signalGroup, type Parts } from './parts';
import { identify, isAlive, type LockContent, type ProcessLock } from './process-lock';

type RecordedPart = NonNullable<LockContent['parts']>[number];

/** Milliseconds from SIGTERM to SIGKILL, as the process that watches over parts grants them. */
const GRACE_MS = 5_000;
const WITHIN_MS = 15_000;
const LOOK_MS = 100;

/** The same parts, each named in the lock file as soon as it has started. */
export function recorded(parts: Parts, lock: ProcessLock): Parts {
  const known: RecordedPart[] = [];
  return {
    ...parts,
    async start(spec) {
      const part = await parts.start(spec);
      known.push({ name: part.name, ...identify(part.pid) });
      lock.tell({ parts: known });
      return part;
    },
  };
}

/**
 * Ends what a run has left behind that was killed together with the process that watched over its parts: two servers on one
 * database would lose what the other writes.
 *
 * @param tell is told what is ended
 * @throws CliError where something does not end, or cannot be told apart from a stranger with its number
 */
export async function endLeftBehind(parts: readonly RecordedPart[], tell: (line: Printable) => void): Promise<void> {
  const left = parts.filter(isAlive);
  if (left.length === 0) return;
  const names = joined(left.map(({ name, pid }) => say`the ${name} (process ${pid})`));
  if (left.some(({ started }) => started === null))
    throw new CliError(
      say`An earlier run was killed, and ${names} may still run. End them first. Nothing was started.`,
    );
  tell(say`An earlier run was killed and left processes running: ending ${names} …`);
  await Promise.all(left.map(end));
}

async function end(part: RecordedPart): Promise<void> {
  const begun = Date.now();
  signalGroup(part.pid, 'SIGTERM');
  for (let isKilled = false; isAlive(part);) {
    const passed = Date.now() - begun;
    if (passed > WITHIN_MS)
      throw new CliError(
        say`The ${part.name} (process ${part.pid}) of an earlier run does not end. End it first. Nothing was started.`,
      );
    if (passed > GRACE_MS && !isKilled) {
      signalGroup(part.pid, 'SIGKILL');
      isKilled = true;
    }
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  // Whatever of its group is left has lost its leader.
  signalGroup(part.pid, 'SIGKILL');
}
