import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrderActivities, type TakeOverResult } from '../../activities/orders';
import { DocumentStore } from '../../src/documents/store';
import type { Policy } from '../../src/domain/case/policy';
import { type ClaritumWatermark, type KeptWatermark, nothingSeen } from '../../src/domain/feed/watermark';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { run } from './attempt';
import { StubTemporal } from './stub-temporal';

/** An absence counts at the next poll. */
const impatient = (): Policy => policy({ claritum: { ...policy().claritum, absentFor: '1 millisecond' } });

type Taken = TakeOverResult & { readonly watermark: ClaritumWatermark };

/** The poller against a sandbox, and a Temporal that only keeps what it is told. */
export class Poller {
  readonly temporal = new StubTemporal();
  /** Where a watermark that is not small is kept. */
  readonly documents = mkdtempSync(join(tmpdir(), 'waybill-watermarks-'));
  readonly activities: ReturnType<typeof createOrderActivities>;

  private constructor(
    readonly sandbox: SandboxControl,
    readonly orderRefs: readonly string[],
  ) {
    const claritum = new ClaritumClient({
      endpoint: `${sandbox.origin}/system/ws/1.3/soap.php`,
      apiUid: 'SUP-1001',
      password: 'supplier-secret',
      role: 'supplier',
    });
    this.activities = createOrderActivities(
      claritum,
      this.temporal.client,
      impatient(),
      new DocumentStore(this.documents),
    );
  }

  static async open(orders = 3): Promise<Poller> {
    const sandbox = await openSandbox(orders, false);
    const { purchaseOrders } = (await sandbox.ledger()).claritum;
    return new Poller(
      sandbox,
      purchaseOrders.map(({ orderRef }) => orderRef),
    );
  }

  /** One poll, of which the watermark is small. */
  async poll(watermark: ClaritumWatermark = nothingSeen): Promise<Taken> {
    const taken = await this.pollKeeping(watermark);
    if ('ref' in taken.watermark) throw new Error('the watermark is kept as a document');
    return { ...taken, watermark: taken.watermark };
  }

  pollKeeping(watermark: KeptWatermark): Promise<TakeOverResult> {
    return run(this.activities.takeOverFromClaritum, { watermark });
  }

  async close(): Promise<void> {
    rmSync(this.documents, { recursive: true });
    await this.sandbox.close();
  }

  /** The reference of one of the sandbox's orders. */
  ref(index: number): string {
    return this.orderRefs[index] ?? '';
  }

  signals(name: string) {
    return this.temporal.signalled.filter(({ signal }) => signal === name);
  }
}
