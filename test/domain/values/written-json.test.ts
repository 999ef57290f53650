import * as fc from 'fast-check';
import { readWrittenJson } from '../../../src/domain/values/written-json';
import { growth, LINEAR } from '../../growth';

const faultsOf = (file: Uint8Array | string): readonly string[] => {
  const read = readWrittenJson(file);
  return 'faults' in read ? read.faults : [];
};

describe('JSON that a person wrote', () => {
  it('is read as JSON, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('__proto__'));
        expect(readWrittenJson(text)).toEqual({ value: JSON.parse(text) as unknown });
      }),
    );
  });

  it.each<[string, string, string]>([
    [
      'at the top',
      '{"a": 1,\n "a": 2}',
      'a: stands twice, at line 1, column 2 and at line 2, column 2; leave one of them',
    ],
    [
      'within lists and objects',
      '{"x": [{}, {"y": {"b": [1, 2], "b": []}}]}',
      'x[1].y.b: stands twice, at line 1, column 19 and at line 1, column 32; leave one of them',
    ],
    [
      'written otherwise',
      '{"a":1,"\\u0061":1}',
      'a: stands twice, at line 1, column 2 and at line 1, column 8; leave one of them',
    ],
    [
      'with the same value',
      '{"":[],\r\n"":[]}',
      ': stands twice, at line 1, column 2 and at line 2, column 1; leave one of them',
    ],
    [
      'called after what objects inherit',
      '{"a":{"__proto__":{}}}',
      'a.__proto__: no setting is called so (line 1, column 7); leave it out',
    ],
  ])('has no key twice: %s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('may have a key again in another object, and a value that looks like one', () => {
    const text = '[{"a": "b", "b": "a"}, {"a": {"a": ["a", "a", ",", "{\\"a\\":1,\\"a\\":1}"]}}, "a"]';
    expect(readWrittenJson(text)).toEqual({ value: JSON.parse(text) as unknown });
  });

  it('tells every key at once, and each time it stands again', () => {
    expect(faultsOf('{"a":1,"b":{"c":1,"c":2},"a":2,"a":3}').map((fault) => fault.split(':')[0])).toEqual([
      'b.c',
      'a',
      'a',
    ]);
  });

  it('may begin with a byte-order mark, and must be UTF-8', () => {
    expect(readWrittenJson('\uFEFF{"a":"é"}')).toEqual({ value: { a: 'é' } });
    expect(readWrittenJson(Buffer.from('\uFEFF{"a":"é"}'))).toEqual({ value: { a: 'é' } });
    const notUtf8 = ['it is not UTF-8 text; save it as UTF-8'];
    expect(faultsOf(Buffer.from('\uFEFF{"a":1}', 'utf16le'))).toEqual(notUtf8);
    expect(faultsOf(Buffer.from('{"a":"é"}', 'latin1'))).toEqual(notUtf8);
    expect(faultsOf('{"a": ')).toEqual([expect.stringMatching(/^it is not JSON: /)]);
  });

  it('is read at a cost that does not grow with the square of its length', () => {
    const distinct = (size: number) => `{${Array.from({ length: size }, (_, i) => `"k${i}":"\\\\${i}"`).join(',')}}`;
    expect(growth(5_000, distinct, readWrittenJson)).toBeLessThan(LINEAR);
  });
});
