import { CentraSandbox } from './centra/sandbox';
import { ClaritumSandbox } from './claritum/sandbox';
import { SandboxControl } from './control';
import { systemCode } from './fields';
import { SandboxFront } from './front';
import { ISyncSandbox } from './isync/sandbox';
import { ManExSandbox } from './manex/sandbox';
import { NorthScopeSandbox } from './northscope/sandbox';
import { People } from './people';
import { Stories } from './stories';
import type { SeedReferences } from './vendor';

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
}

export interface Sandbox {
  /** `http://127.0.0.1:7400`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  /** What there is at first; the answer to `POST /_sandbox/reset` as well. */
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

/**
 * Starts the five vendors' sandbox on the loopback (sandbox.md).
 * @throws Error with one clear sentence when the port cannot be had
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const claritum = new ClaritumSandbox();
  const centra = new CentraSandbox();
  const northscope = new NorthScopeSandbox();
  const isync = new ISyncSandbox();
  const manex = new ManExSandbox();
  const vendors = [claritum, centra, isync, northscope, manex];
  const front = new SandboxFront(vendors);
  const world = { claritum, centra, northscope, isync, manex };
  const report = (defect: unknown): void => front.report(defect);
  const people = new People(world, options.peopleDelayMs ?? 1000, report, new Stories(world));
  const control = new SandboxControl(front, vendors, world, (stories) => people.play(stories));
  const references = control.reset({ orders: options.orders, seed: options.seed });
  if (options.control) front.openControl(control);
  const port = await front.listen(options.port).catch((error: unknown) => {
    throw listenError(error, options.port);
  });
  if (options.people) people.start();
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    references,
    close: async () => {
      people.stop();
      northscope.close();
      await front.close();
    },
  };
}
