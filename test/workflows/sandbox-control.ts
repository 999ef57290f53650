import { startSandbox } from '../../src/sandbox/server';
import type { SandboxLedger } from '../durability/auditor/evidence';
import { askSandbox } from '../sandbox/ask-sandbox';

export type { SandboxLedger } from '../durability/auditor/evidence';

/** A running sandbox, with the control API as the people and the tests use it. */
export class SandboxControl {
  constructor(
    readonly origin: string,
    readonly close: () => Promise<void>,
  ) {}

  async ledger(): Promise<SandboxLedger> {
    return askSandbox(this.origin, 'GET', 'ledger');
  }

  /** One thing that people do (docs/sandbox.md#world). */
  async world(action: object): Promise<void> {
    await this.#call('POST', 'world', action);
  }

  async fault(fault: object | readonly object[]): Promise<void> {
    await this.#call('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', 'faults');
  }

  #call(method: 'GET' | 'POST' | 'DELETE', what: string, body?: unknown): Promise<unknown> {
    return askSandbox(this.origin, method, what, body);
  }
}

export async function openSandbox(orders: number, people: boolean): Promise<SandboxControl> {
  const { origin, close } = await startSandbox({ port: 0, orders, seed: 1, people, control: true });
  return new SandboxControl(origin, close);
}

/** The environment that reaches this sandbox, with the credentials of docs/sandbox.md#addresses-and-credentials. */
export const sandboxEnvironment = (origin: string): Record<string, string> => ({
  CLARITUM_ENDPOINT: `${origin}/system/ws/1.3/soap.php`,
  CLARITUM_API_UID: 'SUP-1001',
  CLARITUM_PASSWORD: 'supplier-secret',
  MANEX_ENDPOINT: origin,
  MANEX_API_KEY: '1234567890',
  NORTHSCOPE_ENDPOINT: `${origin}/services/ActionCommand.svc/APIExecute`,
  NORTHSCOPE_LOGIN: 'TestAPIUser@NorthScope.example.com',
  NORTHSCOPE_PASSWORD: 'StrongPassword',
  NORTHSCOPE_COMPANY_SK: '1',
});
