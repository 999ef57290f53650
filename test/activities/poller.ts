import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claritumSource } from '../../activities/feeds/claritum';
import { createFeedActivities, feedOf } from '../../activities/feeds/feed';
import { Owners } from '../../activities/feeds/owners';
import { DocumentStore } from '../../src/documents/store';
import type { Policy } from '../../src/domain/case/policy';
import { type Counts, newFeed } from '../../src/domain/feed/feed-state';
import type { Kept as KeptDocument } from '../../src/domain/feed/kept';
import { nothingSetAside, type SetAside, type SetAsideIndex } from '../../src/domain/feed/set-aside';
import { type ClaritumWatermark, nothingSeen } from '../../src/domain/feed/watermark';
import { ClaritumClient } from '../../src/vendors/claritum/client';
import { policy } from '../domain/examples';
import { openSandbox, type SandboxControl } from '../workflows/sandbox-control';
import { run } from './attempt';
import { StubTemporal } from './stub-temporal';

/** An absence counts at the next poll. */
const impatient = (): Policy => policy({ claritum: { ...policy().claritum, absentFor: '1 millisecond' } });

interface Polled {
  readonly started: number;
  readonly known: number;
  readonly deliveries: number;
  readonly invoices: number;
  readonly setAside: readonly SetAside[];
  readonly watermark: ClaritumWatermark;
}

interface Kept {
  readonly counts: Counts;
  readonly setAside: SetAsideIndex;
  readonly watermark: KeptDocument<object>;
}

/** The poller against a sandbox, and a Temporal that only keeps what it is told. */
export class Poller {
  readonly temporal = new StubTemporal();
  /** Where a watermark that is not small is kept. */
  readonly documents = mkdtempSync(join(tmpdir(), 'waybill-watermarks-'));
  readonly activities: ReturnType<typeof createFeedActivities>;
  readonly #source: ReturnType<typeof claritumSource>;

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
    this.#source = claritumSource(claritum, new Owners(this.temporal.client, impatient()), impatient());
    const documents = new DocumentStore(this.documents);
    this.activities = createFeedActivities({ claritum: feedOf(this.#source, documents, new AbortController().signal) });
  }

  static async open(orders = 3): Promise<Poller> {
    const sandbox = await openSandbox(orders, false);
    const { purchaseOrders } = (await sandbox.ledger()).claritum;
    return new Poller(
      sandbox,
      purchaseOrders.map(({ orderRef }) => orderRef),
    );
  }

  /** One look, as the feed makes it by itself. */
  async poll(watermark: ClaritumWatermark = nothingSeen): Promise<Polled> {
    const readAt = new Date();
    const lists = await this.#source.fetch({});
    const { counts, ...taken } = await this.#source.handOver(lists, { watermark, isAnew: false, readAt });
    const { started = 0, known = 0, deliveries = 0, invoices = 0 } = counts;
    return { started, known, deliveries, invoices, ...taken };
  }

  /** One look that somebody asked for: everything is offered anew, and what is remembered is kept. */
  async look(watermark: KeptDocument<object>, setAside = nothingSetAside): Promise<Kept> {
    const input = { ...newFeed, source: 'claritum' as const, isAsked: true, watermark, setAside };
    const { news, unread } = await run(this.activities.lookForNews, input);
    if (news === null) throw new Error(unread?.because ?? 'nothing was read');
    return { ...news, setAside: news.setAside ?? setAside };
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
