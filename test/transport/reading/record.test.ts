import { z } from 'zod';
import { bounds } from '../../../src/domain/values/bounds';
import { issuesAsText } from '../../../src/transport/formats/issues';
import { readRecord } from '../../../src/transport/reading/record';
import { MOST_VALUES } from '../../../src/transport/reading/turns';

const Line = z.object({ units: z.string().regex(/^\d+$/, 'is not a number'), note: z.string('is not text') });

describe('a record', () => {
  it('is what its schema makes of it', () => {
    expect(readRecord(Line, { units: '4', note: '', more: '' })).toEqual({ record: { units: '4', note: '' } });
  });

  it('that is none is told by its members at fault, and where it stands', () => {
    const wrong = { units: 'canary' };
    expect(readRecord(Line, wrong)).toEqual({ fault: 'units: is not a number; note: is not text' });
    expect(readRecord(Line, wrong, { at: ['lines', 3], between: ' ' })).toEqual({
      fault: 'lines.3.units is not a number; lines.3.note is not text',
    });
    expect(readRecord(z.string('is not text'), 5)).toEqual({ fault: 'record: is not text' });
  });

  it('with too many values is refused unread', () => {
    const unread = {
      safeParse: () => {
        throw new Error('it was read');
      },
    };
    const large = Array.from({ length: MOST_VALUES }, () => '');
    expect(readRecord(unread, large, { at: [7] })).toEqual({ fault: `7: has more than ${MOST_VALUES} values` });
  });
});

it('issues without end are told as far as a message goes', () => {
  const issues = Array.from({ length: 10_000 }, (_, index) => ({ path: [index], message: 'is wrong' }));
  const told = issuesAsText({ issues });
  expect(told).toHaveLength(bounds.message);
  expect(told).toMatch(/^0: is wrong; 1: is wrong; .*…$/);
});
