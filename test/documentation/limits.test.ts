import { limits } from '../../src/domain/purchase-order/limits';
import { markdownTable } from '../architecture/activity-docs';
import { sourceText } from '../architecture/imports';

const groups = Object.entries(limits).map(([vendor, all]) => [vendor, Object.values(all)] as const);

describe.each(groups)('the limits on the page of %s', (vendor, all) => {
  const rows = markdownTable(sourceText(`docs/vendors/${vendor}.md`), 'member', 'at most', 'where that comes from');

  it('are those of the code, each with its source', () => {
    expect(rows.filter(([, , source]) => source === '')).toEqual([]);
    const missing = all.filter((limit) => {
      const room =
        'longest' in limit
          ? `${limit.longest.toLocaleString('en-GB')} characters`
          : `${limit.digits} digits, ${limit.decimals} decimals`;
      const name = limit.member === 'a text' ? 'any other text' : `\`${limit.member}\``;
      return !rows.some(([member = '', most]) => member.includes(name) && most === room);
    });
    expect(missing).toEqual([]);
  });
});
