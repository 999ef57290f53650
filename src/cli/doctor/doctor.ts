import { readEnvironment, readVendors, vendorPrefixes, type Environment } from '../../config';
import { CliError } from '../cli-error';
import { colour } from '../colour';
import { isTerminal, note, print, printable, printJson } from '../output';
import { examineCentra } from './centra';
import { examineClaritum } from './claritum';
import { examineConfiguration } from './configuration';
import { checksOf, systems, type Finding, type Findings, type System } from './finding';
import { examineISync } from './isync';
import { examineManEx } from './manex';
import { examineNorthScope } from './northscope';
import { examineTemporal } from './temporal';

export interface DoctorOptions {
  readonly json?: boolean;
  /** `false` by --no-login. */
  readonly login: boolean;
}

/**
 * Looks at everything Waybill needs, changes nothing, and tells one line for each check.
 *
 * @param wanted the systems to look at; all for none
 * @throws CliError where something must be mended
 */
export async function doctor(wanted: readonly System[], options: DoctorOptions): Promise<void> {
  const findings: Finding[] = [];
  for await (const finding of examine(wanted.length === 0 ? systems : wanted, options.login, readEnvironment())) {
    findings.push(finding);
    if (options.json !== true) print(line(finding));
  }
  if (options.json === true) printJson(findings);
  const faults = findings.filter(({ state }) => state === 'bad').length;
  if (faults === 0 && options.json !== true && isTerminal()) note(`${findings.length} checks: nothing must be mended.`);
  if (faults > 0) throw new CliError(`${faults} of ${findings.length} checks found what must be mended.`);
}

/** @param environment Temporal's variables aside, which are read where it is called */
export async function* examine(wanted: readonly System[], mayLogIn: boolean, environment: Environment): Findings {
  const { claritum, manex, northscope, centra, isync } = readVendors(environment);
  const examinations: Readonly<Record<System, () => Findings>> = {
    configuration: () => examineConfiguration(environment),
    temporal: examineTemporal,
    claritum: () => examineVendor('claritum', claritum, environment, examineClaritum),
    manex: () => examineVendor('manex', manex, environment, examineManEx),
    northscope: () => examineVendor('northscope', northscope, environment, examineNorthScope),
    centra: () => examineVendor('centra', centra, environment, examineCentra),
    isync: () => examineVendor('isync', isync, environment, (access) => examineISync(access, mayLogIn)),
  };
  for (const system of systems) if (wanted.includes(system)) yield* examinations[system]();
}

const NEEDED = 'the worker does not start without it; `npm start` has the sandbox in its place';
const NOT_NEEDED = 'Waybill does without it';
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
  environment: Environment,
  examineAccess: (access: Access) => Findings,
): Findings {
  const { notice, bad } = checksOf(system);
  const isMentioned = Object.entries(environment).some(
    ([name, value]) => name.startsWith(vendorPrefixes[system]) && value !== undefined && value !== '',
  );
  if (!isMentioned) {
    yield notice(
      'configuration',
      `is not configured: ${without[system]}`,
      `set ${vendorPrefixes[system]}… as in .env.example`,
    );
    return;
  }
  for (const issue of issues) yield bad('configuration', issue, 'mend .env or the environment');
  if (access !== undefined && access !== null) yield* examineAccess(access);
}

const marks = { good: colour.green('✓'), notice: colour.yellow('!'), bad: colour.red('✗') } as const;

/** For a person a mark and the fix beneath; elsewhere the state and tabs. */
function line({ system, check, state, says, fix }: Finding): string {
  const [what, remedy] = [printable(says), fix === null ? '' : printable(fix)];
  if (!isTerminal()) return [state, system, check, what, remedy].join('\t').trimEnd();
  const text = `${marks[state]} ${system.padEnd(13)} ${check.padEnd(22)} ${what}`;
  return remedy === '' ? text : `${text}\n  ${' '.repeat(36)} ${colour.dim(`→ ${remedy}`)}`;
}
