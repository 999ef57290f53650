import { z } from 'zod';
import type { CallName } from '../../../src/transport/http/failure';
import { writeInput } from '../../../src/transport/http/input';

const call: CallName = { vendor: 'acme', operation: 'Book', effect: 'write' };
const Box = z.strictObject({ units: z.string().regex(/^\d+$/, 'is not a number') });

describe('an input', () => {
  it('that keeps to its rules is written', () => {
    expect(writeInput(call, 'Acme', () => Box.parse({ units: '4' }).units)).toBe('4');
  });

  it('that breaks one is refused by field and rule, without its value, and nothing was sent', () => {
    const write = (): unknown => Box.parse({ units: 'canary' });
    expect(() => writeInput(call, 'Acme', write)).toThrow(
      expect.objectContaining({
        ...{ type: 'VendorRejected', code: 'INVALID_INPUT' },
        message: 'acme Book: nothing was sent: Acme does not accept this input: units: is not a number',
      }),
    );
  });

  it('is not blamed for an error of another kind, unless the caller knows it', () => {
    const broken = new TypeError('our own fault');
    const write = (): never => {
      throw broken;
    };
    expect(() => writeInput(call, 'Acme', write)).toThrow(broken);
    expect(() => writeInput(call, 'Acme', write, () => 'where: it is no filter')).toThrow(
      /this input: where: it is no filter$/,
    );
  });
});
