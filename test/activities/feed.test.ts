import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedOf, type HandedOver, type LookInput } from '../../activities/feeds/feed';
import { DocumentStore } from '../../src/documents/store';
import { FailureType } from '../../src/domain/case/failure-types';
import { newFeed } from '../../src/domain/feed/feed-state';
import { VendorError } from '../../src/transport/http/vendor-error';
import { attempt, run } from './attempt';

interface Seen {
  readonly names: readonly string[];
}

/** A source of names, of which the empty one is set aside. */
class Names {
  listed: readonly string[] = ['a'];
  isDown = false;
  looks = 0;
  /** What is done while names are handed over. */
  meanwhile: () => void = () => undefined;
  every = '1 hour';
  readonly nothingSeen: Seen = { names: [] };

  async fetch(): Promise<readonly string[]> {
    this.looks += 1;
    if (this.isDown)
      throw new VendorError({
        type: FailureType.OutcomeUnknown,
        vendor: 'claritum',
        operation: 'names',
        code: '503',
        message: 'it answered 503',
      });
    return this.listed;
  }

  async handOver(names: readonly string[], { watermark }: { readonly watermark: Seen }): Promise<HandedOver<Seen>> {
    this.meanwhile();
    return {
      counts: { started: names.filter((name) => !watermark.names.includes(name)).length },
      setAside: names.filter((name) => name === '').map(() => ({ kind: 'invoice', uid: null, reason: 'no name' })),
      watermark: { names },
    };
  }
}

const documents = mkdtempSync(join(tmpdir(), 'waybill-feed-'));
afterAll(() => rmSync(documents, { recursive: true, force: true }));

let names: Names;
let stopping: AbortController;
beforeEach(() => {
  names = new Names();
  stopping = new AbortController();
});
const look = () => feedOf(names, new DocumentStore(documents), stopping.signal);
const input = (given: Partial<LookInput> = {}): LookInput => ({
  source: 'claritum',
  isAsked: false,
  watermark: newFeed.watermark,
  setAside: newFeed.setAside,
  lookedAt: newFeed.lookedAt,
  readAt: newFeed.readAt,
  unread: newFeed.unread,
  ...given,
});
/** A look that was made a moment ago, and found what is listed now. */
const justNow = (): Partial<LookInput> => ({ lookedAt: new Date().toISOString(), watermark: { names: ['a'] } });

it('looks at once where it never has, and tells what is new', async () => {
  names.listed = ['a', ''];
  const { news, unread, readAt, lookedAt } = await run(look(), input());
  expect(news).toEqual({
    counts: { started: 2 },
    watermark: { names: ['a', ''] },
    setAside: { count: 1, listed: [{ kind: 'invoice', uid: null, reason: 'no name', since: lookedAt }], stored: null },
  });
  expect([unread, readAt]).toEqual([null, lookedAt]);
});

it('ends its waiting where the worker stops, or the feed is asked for a look', async () => {
  const waits = run(look(), input(justNow()));
  stopping.abort();
  expect(await waits).toMatchObject({ news: null, unread: null });
  stopping = new AbortController();
  const environment = attempt();
  const cancelled = environment.run(look(), input(justNow()));
  environment.cancel();
  expect(await cancelled).toMatchObject({ news: null, unread: null });
  expect(names.looks).toBe(0);
});

it('remembers what it hands over while it is told to end', async () => {
  names.meanwhile = () => stopping.abort();
  expect(await run(look(), input())).toMatchObject({ news: { watermark: { names: ['a'] } } });
});

it('leaves a look that is asked for to another worker where its own stops', async () => {
  stopping.abort();
  await expect(run(look(), input({ ...justNow(), isAsked: true }))).rejects.toThrow(
    'the worker stops before it has looked',
  );
});

it('answers a look that is asked for also where nothing is new', async () => {
  const { news } = await run(look(), input({ ...justNow(), isAsked: true }));
  expect(news).toEqual({ counts: { started: 0 }, watermark: { names: ['a'] }, setAside: null });
});

it('tells that the source cannot be read, since when, and that it can again', async () => {
  names.isDown = true;
  const down = await run(look(), input());
  expect(down).toEqual({
    lookedAt: expect.any(String),
    readAt: null,
    unread: { since: down.lookedAt, tries: 1, because: 'it answered 503' },
    news: null,
  });
  const asked = await run(look(), input({ ...down, isAsked: true }));
  expect(asked.unread).toMatchObject({ since: down.lookedAt, tries: 2 });
  names.isDown = false;
  const again = await run(look(), input({ unread: asked.unread, watermark: { names: ['a'] } }));
  expect(again).toMatchObject({ unread: null, news: null, readAt: again.lookedAt });
});

it('looks at its interval although the clock of the look before was ahead', async () => {
  names.every = '20 milliseconds';
  const anHourAhead = new Date(Date.now() + 3_600_000).toISOString();
  const { news } = await run(look(), input({ lookedAt: anHourAhead }));
  expect(news?.counts).toEqual({ started: 1 });
});
