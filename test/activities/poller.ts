import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claritumSource } from '../../activities/feeds/claritum';
import { createFeedActivities, feedOf } from '../../activities/feeds/feed';
import { Owners } from '../../activities/feeds/owners';
import { DocumentStore } from '../../src/documents/store';
import type { Policy } from '../../src/domain/case/policy';
import { type Counts, newFeed } from '../../src/domain/feed/feed-state';
import { isStored, type Kept } from '../../src/domain/feed/kept';
import { nothingSetAside, type SetAside, type SetAsideIndex } from '../../src/domain/feed/set-aside';
import { type ClaritumWatermark, nothingSeen } from '../../src/domain/feed/watermark';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { run } from './attempt';
import { StubTemporal } from './stub-temporal';

/** An absence counts at the next poll. */
const impatient = (): Policy => policy({ claritum: { ...policy().claritum, absentFor: '1 millisecond' } });

interface TakenOver {
  readonly started: number;
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  readonly setAside: readonly SetAside[];
  readonly index: SetAsideIndex;
  readonly watermark: Kept<object>;
}
type Taken = TakenOver & { readonly watermark: ClaritumWatermark };

const count = (counts: Counts, name: string): number => counts[name] ?? 0;

/** The poller against a sandbox, and a Temporal that only keeps what it is told. */
export class Poller {
  readonly temporal = new StubTemporal();
  /** Where a watermark that is not small is kept. */
  readonly documents = mkdtempSync(join(tmpdir(), 'waybill-watermarks-'));
  readonly activities: ReturnType<typeof createFeedActivities>;

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
    const source = claritumSource(claritum, new Owners(this.temporal.client, impatient()), impatient());
    const documents = new DocumentStore(this.documents);
    this.activities = createFeedActivities({ claritum: feedOf(source, documents, new AbortController().signal) });
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
    if (isStored(taken.watermark)) throw new Error('the watermark is kept as a document');
    return { ...taken, watermark: { ...nothingSeen, ...taken.watermark } };
  }

  /** A look that was asked for: once, and at once. */
  async pollKeeping(watermark: Kept<object>, setAside = nothingSetAside): Promise<TakenOver> {
    const input = { ...newFeed, source: 'claritum' as const, isAsked: true, watermark, setAside };
    const { news, unread } = await run(this.activities.lookForNews, input);
    if (news === null) throw new Error(unread?.because ?? 'nothing was read');
    const { counts } = news;
    const index = news.setAside ?? setAside;
    return {
      started: count(counts, 'started'),
      known: count(counts, 'known'),
      deliveries: count(counts, 'deliveries'),
      invoices: count(counts, 'invoices'),
      setAside: index.listed.map(({ kind, uid, reason }) => ({ kind, uid, reason })),
      index,
      watermark: news.watermark,
    };
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
