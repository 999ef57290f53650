import { Story } from './story';
import { World } from './world';

jest.setTimeout(90_000);

let world: World;

afterEach(async () => {
  await world.replayed();
  await world.close();
});

it('keeps of thirty refused answers of 100 KB what people read, and stays small', async () => {
  world = await World.open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  const order = world.order(story.orderRef);
  const reason = 'because '.repeat(12_500);
  for (let sent = 0; sent < 30; sent += 1) await order.signal('reject', { by: `p${sent}`, decision: 'none-1', reason });
  const { audit, decisions } = await world.until(story.orderRef, (progress) => progress.audit.at(-1)?.by === 'p29');
  expect(audit.length).toBeGreaterThanOrEqual(15);
  expect(decisions).toHaveLength(1);
  for (const entry of audit) {
    expect(entry.result).toBe('refused');
    expect(entry.reason).toMatch(/^(?:because ){124}because…$/);
  }
  await order.signal('reject', { by: 'x'.repeat(100_000) });
  const { audit: more } = await world.until(story.orderRef, (progress) => progress.audit.at(-1)?.by !== 'p29');
  expect(more.at(-1)).toMatchObject({ result: 'refused', because: expect.stringContaining('at most 200 characters') });
  expect(JSON.stringify(await story.progress()).length).toBeLessThan(64_000);
});

it('lets in by message what it lets in by list, and says what is wrong with the rest', async () => {
  world = await World.open({ orders: 2 });
  const story = await Story.of(world, 1);
  await world.poll();
  await story.decision('approval');
  const order = world.order(story.orderRef);
  const current = await order.query<{ readonly deliveries: readonly object[] }>('order');
  const deliveries = current.deliveries.map((delivery) => ({ ...delivery, instructions: 'x'.repeat(1_200_000) }));
  const refusals: readonly [object, string][] = [
    [{ ...current, deliveries }, 'deliveries.0.instructions is longer than 2000 characters'],
    [{ ...current, poNumber: 'A] [waybill B' }, 'poNumber holds the character U+005D'],
    [{ ...current, quantity: 'ten' }, 'quantity is not a decimal number'],
  ];
  for (const [wrong, fault] of refusals) {
    await expect(order.executeUpdate('amend', { args: [{ order: wrong, by: 'olga' }] })).rejects.toMatchObject({
      cause: { type: 'MalformedAnswer', message: expect.stringContaining(fault) },
    });
    await order.signal('orderReported', { order: { ...wrong, lastModified: '2030-01-01T00:00:00Z' } });
  }
  await expect(order.executeUpdate('cancel', { args: [{ by: 'x'.repeat(201) }] })).rejects.toMatchObject({
    cause: { type: 'MalformedAnswer', message: expect.stringContaining('by is longer than 200 characters') },
  });
  const { steps, stage } = await story.progress();
  expect(stage).toBe('approval');
  expect(steps.filter(({ text }) => text.includes('was ignored'))).toHaveLength(refusals.length);
});
