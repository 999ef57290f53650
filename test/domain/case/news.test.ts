import * as fc from 'fast-check';
import { contentDigest, isOlder, newsOf, versionOf } from '../../../src/domain/case/news';
import { purchaseOrder } from '../examples';

const at = (lastModified: string, quantity = '10') => versionOf(purchaseOrder({ lastModified, quantity }));

describe('news', () => {
  it('is told by content, whatever the time says', () => {
    expect(newsOf(at('2026-11-28T09:00:00Z'), at('2027-01-01T00:00:00Z'))).toBe('same');
    expect(newsOf(at('2026-11-28T09:00:00Z'), at('2020-01-01T00:00:00Z'))).toBe('same');
  });

  it('is certain where other content is of a later time, fractions of a second included', () => {
    expect(newsOf(at('2026-11-28T09:00:00Z'), at('2026-11-28T09:00:00.800Z', '9'))).toBe('newer');
    expect(newsOf(at('2026-11-28T09:00:00.800Z'), at('2026-11-28T09:00:01Z', '9'))).toBe('newer');
  });

  it.each([
    ['the same instant', '2026-11-28T09:00:00Z'],
    ['an earlier one', '2026-11-28T08:59:59.999Z'],
  ])('is in doubt where other content is of %s', (_, lastModified) => {
    expect(newsOf(at('2026-11-28T09:00:00Z'), at(lastModified, '9'))).toBe('doubtful');
  });

  it('is other content where there are no times at all', () => {
    const delivery = { uid: 'D1', quantity: '10' };
    expect(newsOf(versionOf(delivery), versionOf({ ...delivery, quantity: '15' }))).toBe('newer');
  });

  it('is older only where the time says so: the same instant is not', () => {
    expect(isOlder(at('2026-11-28T09:00:00Z'), at('2026-11-28T08:00:00Z', '9'))).toBe(true);
    expect(isOlder(at('2026-11-28T09:00:00Z'), at('2026-11-28T09:00:00Z', '9'))).toBe(false);
    expect(isOlder(at('2026-11-28T09:00:00.800Z'), at('2026-11-28T09:00:00Z', '9'))).toBe(true);
  });
});

describe('a digest of content', () => {
  const content = fc.dictionary(fc.string(), fc.jsonValue());

  it('does not depend on the order of members, and survives a payload', () => {
    fc.assert(
      fc.property(content, (record) => {
        const turned = Object.fromEntries(Object.entries(record).toReversed());
        expect(contentDigest(turned)).toBe(contentDigest(record));
        expect(contentDigest(JSON.parse(JSON.stringify(record)))).toBe(contentDigest(record));
      }),
    );
  });

  it('tells values apart, and the order of lists', () => {
    const digests = [
      { a: '1' },
      { a: 1 },
      { a: null },
      {},
      { a: ['1', '2'] },
      { a: ['2', '1'] },
      { a: '1', b: '' },
    ].map(contentDigest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(digests[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('takes a member that is undefined for one that is missing', () => {
    expect(contentDigest({ a: '1', b: undefined })).toBe(contentDigest({ a: '1' }));
  });
});
