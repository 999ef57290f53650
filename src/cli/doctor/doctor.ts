import { readEnvironment, readVendors, vendorPrefixes } from '../../config';
import { CliError } from '../../terminal/cli-error';
import { colour, isTerminal, joined, note, padded, print, printJson, say, type Printable } from '../../terminal/output';
import { examineCentra } from './centra';
import { examineClaritum } from './claritum';
import { examineConfiguration } from './configuration';
import { checksOf, systems, type Finding, type Findings, type System } from './finding';
import { examineISync } from './isync';
import { examineManEx } from './manex';
import { examineNorthScope } from './northscope';
import { progress } from './progress';
import { isMentioned, lookedAt, type LookedAt, type Surroundings } from './surroundings';
import { examineTemporal } from './temporal';
import { begun, within } from './together';

export interface DoctorOptions {
  readonly json?: boolean;
  /** `false` by --no-login. */
  readonly login: boolean;
}

/** How long one system is looked at, in seconds, and how long one call to it may take. */
const SYSTEM_SECONDS = 90;
const CALL_MS = 30_000;

/**
 * Looks at everything Waybill needs, changes nothing, and tells one line for each check.
 *
 * @param wanted the systems to look at; all for none
 * @throws CliError where a check failed
 */
export async function doctor(wanted: readonly System[], options: DoctorOptions): Promise<void> {
  const findings: Finding[] = [];
  const all = wanted.length === 0 ? systems : systems.filter((system) => wanted.includes(system));
  const shown = progress(all, SYSTEM_SECONDS);
  const examination = { wanted: all, mayLogIn: options.login, seconds: SYSTEM_SECONDS, ended: shown.without };
  for await (const finding of examine(examination, lookedAt(readEnvironment()))) {
    findings.push(finding);
    if (options.json !== true) shown.above(() => print(line(finding)));
  }
  shown.end();
  if (options.json === true) printJson(findings);
  const count = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  if (count('bad') > 0) throw new CliError(say`${count('bad')} of ${findings.length} checks failed.`);
  if (options.json === true || !isTerminal()) return;
  const left = count('unchecked') === 0 ? '' : '; a person must check what is marked –';
  note(say`${findings.length} checks: nothing to fix${left}.`);
}

export interface Examination {
  readonly wanted: readonly System[];
  readonly mayLogIn: boolean;
  /** How long one system is looked at. */
  readonly seconds: number;
  /** Is told of each system that has been looked at. */
  readonly ended: (system: System) => void;
}

/** Looks at the systems side by side, and tells of them in their order. */
export async function* examine({ wanted, mayLogIn, seconds, ended }: Examination, at: LookedAt): Findings {
  const { claritum, manex, northscope, centra, isync } = readVendors(at.environment);
  const examinations: Readonly<Record<System, (surroundings: Surroundings) => Findings>> = {
    configuration: () => examineConfiguration(at),
    temporal: () => examineTemporal(at),
    claritum: (given) => examineVendor('claritum', claritum, at, (access) => examineClaritum(access, given)),
    manex: (given) => examineVendor('manex', manex, at, (access) => examineManEx(access, given)),
    northscope: (given) => examineVendor('northscope', northscope, at, (access) => examineNorthScope(access, given)),
    centra: (given) => examineVendor('centra', centra, at, (access) => examineCentra(access, given)),
    isync: (given) => examineVendor('isync', isync, at, (access) => examineISync(access, given, mayLogIn)),
  };
  async function* limited(system: System): Findings {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), seconds * 1000);
    try {
      const { policy } = at;
      const given = { policy, options: { signal: over.signal, deadlineMs: CALL_MS } };
      yield* within(system, seconds, over.signal, examinations[system](given));
    } finally {
      clearTimeout(timer);
      ended(system);
    }
  }
  // Logging in to iSync is told before it is done, so iSync is looked at when its lines are read: after the others.
  const examined = wanted.map((system) => (system === 'isync' ? limited(system) : begun(limited(system))));
  for (const findings of examined) yield* findings;
}

const NEEDED = 'the worker needs it to start; `npm start` uses the sandbox instead';
const NOT_NEEDED = 'optional';
/** What is without each vendor. */
const without = {
  claritum: NEEDED,
  manex: NEEDED,
  northscope: NEEDED,
  centra: NOT_NEEDED,
  isync: NOT_NEEDED,
} as const satisfies Record<keyof typeof vendorPrefixes, string>;

/** A vendor whose variables are wrong is not called: with what is left we might call another. */
async function* examineVendor<Access>(
  system: keyof typeof vendorPrefixes,
  { access, issues }: { readonly access: Access | null | undefined; readonly issues: readonly string[] },
  { environment, simulated }: LookedAt,
  examineAccess: (access: Access) => Findings,
): Findings {
  const { good, notice, bad } = checksOf(system);
  if (!isMentioned(vendorPrefixes[system], environment)) {
    yield notice(
      'configuration',
      `is not configured: ${without[system]}`,
      `set ${vendorPrefixes[system]}… as in .env.example`,
    );
    return;
  }
  if (simulated.includes(system)) yield good('configuration', 'the sandbox of the running `npm start` replaces it');
  for (const issue of issues) yield bad('configuration', issue, 'fix .env or the environment');
  if (access !== undefined && access !== null) yield* examineAccess(access);
}

const marks = {
  good: colour.green('✓'),
  notice: colour.yellow('!'),
  unchecked: colour.dim('–'),
  bad: colour.red('✗'),
} as const satisfies Record<Finding['state'], Printable>;

/** For a person a mark and the fix beneath; elsewhere the state and tabs. */
function line({ system, check, state, says, fix }: Finding): Printable {
  if (!isTerminal()) return joined([state, system, check, says, ...(fix === null ? [] : [fix])], '\t');
  const text = say`${marks[state]} ${padded(system, 13)} ${padded(check, 22)} ${says}`;
  return fix === null ? text : say`${text}\n${padded('', 38)} ${colour.dim(say`→ ${fix}`)}`;
}
