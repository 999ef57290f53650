/**
 * The letters Waybill can judge a name by, frozen: all of them have stood in Unicode since version 3.2. What a newer
 * Unicode adds is left out on purpose. Of characters that are assigned, Unicode promises that normalisation and lower
 * case never change again; so a name of these is judged the same by every Node.js, and a replay decides as before.
 */
type Range = readonly [from: number, to: number];

/** Hexadecimal ranges as text: `0041-005a 00aa`. */
const ranges = (text: string): readonly Range[] =>
  text.split(' ').map((range) => {
    const [from = '', to = from] = range.split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });

const scripts: readonly { readonly script: string; readonly within: readonly Range[] }[] = [
  {
    script: 'Latin',
    within: ranges('0041-005a 0061-007a 00c0-00d6 00d8-00f6 00f8-0220 0222-0233 0250-02ad 1e00-1e99 1e9b 1ea0-1ef9'),
  },
  {
    script: 'Greek',
    within: ranges('0386 0388-038a 038c 038e-03a1 03a3-03ce 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57'),
  },
  { script: 'Cyrillic', within: ranges('0400-0481 048a-04ce 04d0-04f5 04f8-04f9 0500-050f') },
  { script: 'Armenian', within: ranges('0531-0556 0561-0587') },
  { script: 'Georgian', within: ranges('10d0-10f8') },
  { script: 'Hebrew', within: ranges('05d0-05ea') },
  { script: 'Arabic', within: ranges('0621-063a 0641-064a 066e-066f 0671-06d3') },
  { script: 'Devanagari', within: ranges('0901-0903 0905-0939 093c-094d 0950-0954 0958-0963') },
  {
    script: 'Bengali',
    within: ranges('0985-098c 098f-0990 0993-09a8 09aa-09b0 09b2 09b6-09b9 09be-09c4 09c7-09c8 09cb-09cd'),
  },
  {
    script: 'Tamil',
    within: ranges(
      '0b85-0b8a 0b8e-0b90 0b92-0b95 0b99-0b9a 0b9c 0b9e-0b9f 0ba3-0ba4 0ba8-0baa 0bae-0bb5 0bb7-0bb9 0bbe-0bc2 0bc6-0bc8 0bca-0bcd',
    ),
  },
  { script: 'Thai', within: ranges('0e01-0e3a 0e40-0e4e') },
  // Chinese, Japanese and Korean names mix these.
  { script: 'East Asian', within: ranges('3041-3096 30a1-30fa 30fc 3400-4db5 4e00-9fa5 ac00-d7a3') },
];

/** Full width, ligatures, circled and mathematical letters: their compatibility form is a plain letter or digit. */
const FORMS = ranges(
  '00aa 00b2-00b3 00b5 00b9-00ba 02b0-02b8 2070 2074-2079 2080-2089 2102 210a-2113 2115 2119-211d 2124 212a-212d 212f-2131 2133-2134 2139 2160-217f 2460-24ea fb00-fb06 ff01-ff5e ff66-ff9d 1d400-1d454 1d456-1d49c 1d49e-1d49f 1d4a2 1d4a5-1d4a6 1d4a9-1d4ac 1d4ae-1d4b9 1d4bb 1d4bd-1d4c0 1d4c2-1d4c3 1d4c5-1d505 1d507-1d50a 1d50d-1d514 1d516-1d51c 1d51e-1d539 1d53b-1d53e 1d540-1d544 1d546 1d54a-1d550 1d552-1d6a3 1d6a8-1d6c0 1d6c2-1d6da 1d6dc-1d6fa 1d6fc-1d714 1d716-1d734 1d736-1d74e 1d750-1d76e 1d770-1d788 1d78a-1d7a8 1d7aa-1d7c2 1d7c4-1d7c9 1d7ce-1d7ff',
);

/** Accents that stand on any letter, digits, and what is written between the letters of a name or an address. */
const NEUTRAL = ranges(
  '0020-0040 005b-0060 007b-007e 00b4 00b7 02bc 0300-034e 0360-036f 2010-2015 2018-2019 2032 2212',
);

const BLANKS = ranges('0009-000d 0020 0085 00a0 1680 2000-200a 2028-2029 202f 205f 3000');

/** Nothing is seen of these: controls, joiners, direction marks, fillers, selectors, tags. */
const INVISIBLES = ranges(
  '0000-0008 000e-001f 007f-0084 0086-009f 00ad 034f 061c 115f-1160 17b4-17b5 180b-180f 200b-200f 202a-202e 2060-206f 2800 3164 fe00-fe0f feff ffa0 fff9-fffb e0000-e0fff',
);

const isIn = (within: readonly Range[], character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return within.some(([from, to]) => code >= from && code <= to);
};

export const isBlank = (character: string): boolean => isIn(BLANKS, character);
export const isInvisible = (character: string): boolean => isIn(INVISIBLES, character);

/** The script of a letter; undefined for digits, signs and accents, and for what is not known. */
export const scriptOf = (character: string): string | undefined =>
  scripts.find(({ within }) => isIn(within, character))?.script;

/** Whether a name with this character can be judged. */
export const isKnown = (character: string): boolean =>
  [NEUTRAL, BLANKS, FORMS].some((within) => isIn(within, character)) || scriptOf(character) !== undefined;

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(' ').map((pair) => {
      const [like = '', ...looks] = Array.from(pair);
      return [like, looks.join('')];
    }),
  );

/** Small letters and digits of other scripts, and what they look like in Latin; found after lower case. */
export const LOOK_ALIKES = pairs(
  'аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs һh ԁd ӏl гr пn ьb зz ԍg ѵv ѡw ҝk ҡk қk ҳx ңh ҙz ӕae ' +
    'αa βb γy εe ηn ιi κk μm νv οo ρp σo ςo τt υu χx ωw ϲc ϳj ' +
    'աw ոn օo սu հh ցg զq յj ' +
    'øo łl đd ħh ŧt ıi ɑa ɡg ɩi ɪi ʏy ʀr ʟl ʜh ɴn ʙb ɢg æae œoe ßss ƅb ƒf ɛe ɔo ǀl ' +
    '0o 1l |l',
);

/** Capital letters that look like another one than their small letter does; found before lower case. */
export const LOOK_ALIKE_CAPITALS = pairs(
  'АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ՕO ՍU ՏS',
);
