import { CentraSandbox } from '../../src/sandbox/centra/sandbox';
import { ClaritumSandbox } from '../../src/sandbox/claritum/sandbox';
import { SandboxControl } from '../../src/sandbox/control';
import { SandboxFront } from '../../src/sandbox/front';
import { ISyncSandbox } from '../../src/sandbox/isync/sandbox';
import { ManExSandbox } from '../../src/sandbox/manex/sandbox';
import { NorthScopeSandbox } from '../../src/sandbox/northscope/sandbox';
import { CounterVendor } from './counter-vendor';
import { call, control, eventually } from './http-caller';
import type { CallOptions } from './http-caller';

interface Line {
  readonly n: number;
  readonly vendor: string;
  readonly operation: string;
  readonly key: string;
  readonly outcome: string;
  readonly effects: number;
  readonly fault: string | null;
}

/** A front with the counter behind it, spoken to over real HTTP only. */
export async function startCounter() {
  const counter = new CounterVendor();
  const front = new SandboxFront([counter]);
  front.openControl(
    new SandboxControl(front, [counter], {
      claritum: new ClaritumSandbox(),
      centra: new CentraSandbox(),
      isync: new ISyncSandbox(),
      northscope: new NorthScopeSandbox(),
      manex: new ManExSandbox(),
    }),
  );
  const origin = `http://127.0.0.1:${await front.listen(0)}`;
  const calls = async (): Promise<readonly Line[]> => {
    const { value } = await control(origin, 'ledger', undefined, 'GET');
    return (value as { calls: readonly Line[] }).calls;
  };
  return {
    origin,
    counter,
    call: (path: string, options?: CallOptions) => call(`${origin}/counter/${path}`, options),
    fault: (body: unknown) => control(origin, 'faults', body),
    control: (path: string, body?: unknown, method?: string) => control(origin, path, body, method),
    calls,
    /** The only line, once it is as wanted. */
    line: (isRight: (line: Line) => boolean = () => true) =>
      eventually(async () => (await calls()).find((line) => isRight(line))),
    close: () => front.close(),
  };
}

export type CounterSandbox = Awaited<ReturnType<typeof startCounter>>;
