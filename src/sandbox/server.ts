import { CentraSandbox } from './centra/sandbox';
import { ClaritumSandbox } from './claritum/sandbox';
import { SandboxControl } from './control';
import { systemCode } from './fields';
import { FRONT, SandboxFront } from './front';
import type { SandboxLog } from './front';
import { ISyncSandbox } from './isync/sandbox';
import { Journal, readJournal } from './journal';
import { ManExSandbox } from './manex/sandbox';
import { Memory } from './memory';
import type { Holders } from './memory';
import { NorthScopeSandbox } from './northscope/sandbox';
import { People } from './people';
import { Stories } from './stories';
import type { SeedReferences, VendorSandbox } from './vendor';

export interface SandboxOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** How many purchase orders there are at first. */
  readonly orders: number;
  readonly seed: number;
  /** Whether people despatch, deliver and invoice by themselves. */
  readonly people: boolean;
  /** Whether `/_sandbox` is open; 404 without. */
  readonly control: boolean;
  /** Milliseconds between two steps of the people. @default 1000 */
  readonly peopleDelayMs?: number;
  readonly log?: SandboxLog;
  /** Absent: nothing is kept. */
  readonly memory?: MemoryOptions;
}

export interface MemoryOptions {
  /** The file that a restart goes on from; missing or empty at first. Nobody else may write to it. */
  readonly path: string;
  /** Told when it cannot be written; it must end the process, for what is not kept may not be told to anyone. */
  readonly lost: (error: unknown) => never;
}

export interface Sandbox {
  /** `http://127.0.0.1:7400`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  /** What there is when it starts; at first, the answer to `POST /_sandbox/reset` as well. */
  readonly references: SeedReferences;
  /** Ends every connection and everything that was still to happen. */
  close(): Promise<void>;
}

/** One sentence a person can act on, where there is one. */
function listenError(error: unknown, port: number): Error {
  const code = systemCode(error);
  if (code === 'EADDRINUSE') return new Error(`Port ${port} is in use; choose another with --port.`, { cause: error });
  if (code === 'EACCES')
    return new Error(`Port ${port} is not ours to open; choose another with --port.`, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

function memoryOf({ path, lost }: MemoryOptions, front: SandboxFront, vendors: readonly VendorSandbox[]): Memory {
  const parts = vendors.map((each): [string, () => Holders] => [each.vendor, () => each.memory()]);
  return new Memory(new Journal(path), new Map([...parts, [FRONT, () => front.holders()]]), front.calls, lost);
}

/** What was to happen by itself when the last run ended happens now. */
function resume(front: SandboxFront, vendors: readonly VendorSandbox[]): void {
  for (const vendor of vendors) vendor.resume?.();
  front.resume();
}

/**
 * Starts the five vendors' sandbox on the loopback (docs/sandbox.md).
 * @throws Error with one clear sentence when the port cannot be had; JournalDamaged for a file that cannot be gone on with
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const claritum = new ClaritumSandbox();
  const centra = new CentraSandbox();
  const northscope = new NorthScopeSandbox({}, () => front.keep());
  const isync = new ISyncSandbox();
  const manex = new ManExSandbox();
  const vendors = [claritum, centra, isync, northscope, manex];
  const front = new SandboxFront(vendors);
  if (options.log !== undefined) front.log = options.log;
  const world = { claritum, centra, northscope, isync, manex };
  const report = (defect: unknown): void => front.report(defect);
  const acted = (): void => front.keep();
  const people = new People(world, options.peopleDelayMs ?? 1000, report, new Stories(world), acted);
  const control = new SandboxControl(front, vendors, world, (stories) => people.play(stories));
  const memory = options.memory === undefined ? undefined : memoryOf(options.memory, front, vendors);
  const kept = options.memory === undefined ? undefined : readJournal(options.memory.path);
  if (memory !== undefined) front.keepIn(memory);
  if (memory !== undefined && kept !== undefined) {
    memory.restore(kept);
    memory.begin();
  } else control.reset({ orders: options.orders, seed: options.seed });
  if (options.control) front.openControl(control);
  const port = await front.listen(options.port).catch((error: unknown) => {
    throw listenError(error, options.port);
  });
  if (kept !== undefined) resume(front, vendors);
  if (options.people) people.start();
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    references: control.references(),
    close: async () => {
      people.stop();
      northscope.close();
      await front.close();
      memory?.close();
    },
  };
}
