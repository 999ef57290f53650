import { describeWith, startForeignClient } from './foreign-client';
import type { ForeignClient } from './foreign-client';
import { startWorld } from './sandbox-world';
import type { World } from './sandbox-world';

const MANY = 10_000;
const login = { username: 'centra', password: 'centra-secret' };

/** By PHP, whose parser is written in C: zeep needs half a minute for the same. */
describeWith('PHP SoapClient', 'ten thousand', () => {
  let world: World;
  let client: ForeignClient;
  beforeAll(async () => {
    world = await startWorld(MANY);
    client = startForeignClient('php', world.origin);
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await world.close();
  });

  it('purchase orders are listed in one answer', async () => {
    const request = { path: '/system/ws/1.3/soap.php', operation: 'getPurchaseOrders' };
    const orders = (await client.call({ ...request, arguments: ['SUP-1001', 'supplier-secret'] })) as readonly {
      readonly orderRef: string;
    }[];
    expect(orders.map(({ orderRef }) => orderRef)).toEqual(world.references.purchaseOrders);
  }, 120_000);

  it('events are listed a hundred at a time, until the queue is empty', async () => {
    const centra = (operation: string, given: Readonly<Record<string, unknown>>) =>
      client.call({ path: '/ams/system/service/module/soap/api', operation, arguments: [{ login, ...given }] });
    const page = async (): Promise<readonly string[]> => {
      const { events } = (await centra('events_Get', { type: 'all' })) as {
        readonly events: { readonly event?: readonly { readonly id: string }[] };
      };
      return (events.event ?? []).map(({ id }) => id);
    };
    const pages: (readonly string[])[] = [];
    for (let ids = await page(); ids.length > 0; ids = await page()) {
      pages.push(ids);
      expect(await centra('events_Done', { event: ids })).toMatchObject({ success: true });
    }
    expect(pages.map(({ length }) => length)).toEqual(Array.from({ length: MANY / 100 }, () => 100));
    expect(new Set(pages.flat()).size).toBe(MANY);
  }, 120_000);
});
