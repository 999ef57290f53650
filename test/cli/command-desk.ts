import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/domain/case/policy';
import { World } from '../workflows/world';
import { waybill, type Ran } from './run-waybill';

/** Everything needs an approval; Bert must not decide on orders of Borealis, who are his. */
const strict = (policy: Policy): Policy => ({
  ...policy,
  approval: { ...policy.approval, limits: [{ currency: 'GBP', above: '0', approvers: ['anna', 'bert'] }] },
  customers: policy.customers.map((customer) =>
    customer.name === 'Borealis Foods' ? { ...customer, excludedApprovers: ['bert'] } : customer,
  ),
});

/** The sentence of a command that failed as it should; all it did where it did not. */
export const refusal = (ran: Ran): string => (ran.code === 1 && ran.stdout === '' ? ran.stderr : JSON.stringify(ran));

/** A world without its people, and the command line as a person at its door uses it. */
export class CommandDesk {
  private constructor(
    readonly world: World,
    private readonly cwd: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async open(orders: number): Promise<CommandDesk> {
    const world = await World.open({ orders, policy: strict });
    return new CommandDesk(world, mkdtempSync(join(tmpdir(), 'waybill-desk-')), world.environment());
  }

  run(...words: string[]): Promise<Ran> {
    return waybill(words, { cwd: this.cwd, env: this.environment });
  }

  /** What a command prints with --json. @throws Error where it fails. */
  async json<T>(...words: string[]): Promise<T> {
    const { stdout, stderr, code } = await this.run(...words, '--json');
    if (code !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as T;
  }

  /** Writes a record where the commands run. @returns the name for --file. */
  file(name: string, content: object): string {
    writeFileSync(join(this.cwd, name), JSON.stringify(content));
    return name;
  }

  async close(): Promise<void> {
    await this.world.close();
    rmSync(this.cwd, { recursive: true });
  }
}
