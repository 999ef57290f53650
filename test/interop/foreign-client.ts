import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** Why a program cannot be used here, in words for a test's name; undefined where it can. */
function lacking(what: string, command: string, args: readonly string[]): string | undefined {
  const { error, status } = spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 });
  if (error !== undefined) return `${command} is not installed: no test with ${what}`;
  return status === 0 ? undefined : `${what} is not installed`;
}

/** Looks for the package without importing it: that alone would cost a second in every suite. */
const zeepVersion = 'from importlib.metadata import version; assert version("zeep").startswith("4.")';

/** What there must be for each kind of suite, looked at when the suite is collected. */
const needs = {
  zeep: () => lacking('zeep 4', 'python3', ['-c', zeepVersion]),
  'PHP SoapClient': () => lacking('ext-soap of PHP', 'php', ['-r', 'exit(extension_loaded("soap") ? 0 : 1);']),
  curl: () => lacking('curl', 'curl', ['--version']),
} as const;

/**
 * A suite that runs where its foreign program is installed, and is one skipped test where it is not. Why is its name, and
 * is printed as well: of a run of many files jest shows nothing but how many tests were skipped.
 */
export function describeWith(program: keyof typeof needs, name: string, suite: () => void): void {
  const reason = needs[program]();
  if (reason === undefined) return describe(`${name}, by ${program}`, suite);
  process.stderr.write(`skipped: ${name}, by ${program}: ${reason}\n`);
  describe(`${name}, by ${program}`, () => {
    it.skip(reason, () => undefined);
  });
}

/** One call: the arguments by name for zeep, in their order for PHP. None: which operations are there. */
interface ForeignCall {
  readonly path: string;
  readonly operation?: string;
  readonly arguments?: unknown;
  /** SOAP headers by element name (zeep only). */
  readonly header?: unknown;
}

interface Fault {
  readonly code: string | null;
  readonly message: string;
  readonly actor: string | null;
}

type ForeignAnswer = { readonly result: unknown } | { readonly fault: Fault } | { readonly error: string };

/** Another language's SOAP client in a process of its own, spoken to by lines of JSON. */
export interface ForeignClient {
  /** @returns what the client made of the answer. @throws Error with the fault's text when there was a fault */
  call(call: ForeignCall): Promise<unknown>;
  /** @returns the fault. @throws Error when there was none */
  fault(call: ForeignCall): Promise<Fault>;
  close(): Promise<void>;
}

/** A WSDL cached from an earlier run has the address of a sandbox that is gone; notices must not stand in the JSON. */
const phpSettings = ['soap.wsdl_cache_enabled=0', 'display_errors=stderr', 'memory_limit=1G'];
const phpCommand = ['php', ...phpSettings.flatMap((setting) => ['-d', setting])] as const;
const clients = {
  zeep: ['python3', '-X', 'utf8', 'zeep_client.py'],
  php: [...phpCommand, 'soap_client.php'],
} as const;

/** Runs a program to its end. @returns what it printed. @throws Error with what it complained of */
export async function runProgram(command: string, args: readonly string[], input: string): Promise<string> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const printed = [text(child.stdout), text(child.stderr)] as const;
  const [code] = (await once(child, 'close')) as [number | null];
  const [output, errors] = await Promise.all(printed);
  if (code !== 0) throw new Error(`${command} ended with ${String(code)}: ${errors}${output}`);
  return output;
}

/** Runs a PHP program, its opening tag included. */
export const runPhp = (program: string): Promise<string> => {
  const [command, ...args] = phpCommand;
  return runProgram(command, args, program);
};

/** Starts zeep or PHP as a client of the sandbox at `origin`. */
export function startForeignClient(which: keyof typeof clients, origin: string): ForeignClient {
  const [command, ...args] = clients[which];
  const child = spawn(command, [...args, origin], { cwd: join(__dirname), stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part;
  });
  // A program that ends early is told by what it no longer answers.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (call: ForeignCall): Promise<Exclude<ForeignAnswer, { readonly error: string }>> => {
    child.stdin.write(`${JSON.stringify(call)}\n`);
    const { value, done } = await lines.next();
    const where = call.operation ?? call.path;
    if (done === true) throw new Error(`${command} ended at ${where}: ${errors.trim()}`);
    const answer = JSON.parse(value) as ForeignAnswer;
    if ('error' in answer) throw new Error(`${where}: ${answer.error}`);
    return answer;
  };
  return {
    call: async (call) => {
      const answer = await ask(call);
      if ('fault' in answer) throw new Error(`${call.operation ?? ''}: ${JSON.stringify(answer.fault)}`);
      return answer.result;
    },
    fault: async (call) => {
      const answer = await ask(call);
      if ('result' in answer) throw new Error(`${call.operation ?? ''} was no fault: ${JSON.stringify(answer.result)}`);
      return answer.fault;
    },
    close: async () => {
      child.kill();
      await ended;
    },
  };
}
