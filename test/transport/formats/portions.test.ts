import * as fc from 'fast-check';
import { parseXml, type XmlShape } from '../../../src/transport/formats/xml';
import { UnreadableText } from '../../../src/transport/formats/unreadable-text';

const shape: XmlShape = { root: 'Answer', lists: new Set(['Site', 'Part']) };
const WHOLE = Number.POSITIVE_INFINITY;

function outcome(text: string, portion: number): unknown {
  try {
    return { read: parseXml(text, shape, portion) };
  } catch (error) {
    if (error instanceof UnreadableText) return { unreadable: error.code };
    throw error;
  }
}

/** Elements within elements, some of them lists, with prefixes, blanks, nil, comments and text in between. */
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom('Site', 'Site', 'n:Site', 'Part', 'Sites', 'Total', 'Answer'),
      fc.constantFrom('', '', '', ' a=">"', ' xsi:nil="true"'),
      tie('content'),
    )
    .map(([name, attributes, content]) => `<${name}${attributes}>${content}</${name}>`),
  content: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('', 'x', '007', ' y ', '&amp;', '<![CDATA[<Site>]]>', '<!-- <Site> -->'),
    fc
      .array(fc.oneof(tie('element'), fc.constantFrom('\n ', '<!-- - -->')), { maxLength: 8 })
      .map((all) => all.join('')),
  ),
}));

it('reads in portions what it reads in one go', () => {
  const document = fc
    .tuple(fc.array(element, { maxLength: 8 }), fc.boolean())
    .map(([all, isWrapped]) => `<n:Answer>${isWrapped ? `<Sites>${all.join('')}</Sites>` : all.join('')}</n:Answer>`);
  fc.assert(
    fc.property(document, fc.integer({ min: 1, max: 60 }), (text, portion) => {
      expect(outcome(text, portion)).toEqual(outcome(text, WHOLE));
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ['a list in the root', '<Answer><Site>1</Site><Site>2</Site><Site><Part/><Part/></Site></Answer>'],
  ['what stands around the list', '<Answer><A/><Sites x="1"><Site>1</Site><Site>2</Site></Sites><B>b</B></Answer>'],
  ['something beside the list twice', '<Answer><A>1</A><Site>1</Site><Site>2</Site><A>2</A></Answer>'],
  ['the list twice', '<Answer><S><Site>1</Site><Site>2</Site></S><S><Site>3</Site></S></Answer>'],
  ['two lists beside each other', '<Answer><Site>1</Site><Part>1</Part><Site>2</Site><Part>2</Part></Answer>'],
  ['a short list before the long one', '<Answer><P><Part/></P><S><Site>1</Site><Site>2</Site></S></Answer>'],
  ['a list in nothing', '<Answer xsi:nil="1"><Site>1</Site><Site>2</Site></Answer>'],
])('reads %s as in one go', (_what, text) => {
  expect(outcome(text, 1)).toEqual(outcome(text, WHOLE));
  expect(outcome(text, 1)).toHaveProperty('read');
});
