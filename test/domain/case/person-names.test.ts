import { isKnown, scriptOf } from '../../../src/domain/values/letters';
import {
  isAnonymous,
  isBlankName,
  isSameName,
  lookAlike,
  unclearName,
  unknownCharacter,
} from '../../../src/domain/case/person-names';

describe('a name that looks like the excluded one', () => {
  it.each([
    'Mallory Buyer',
    'mallory buyer',
    'MALLORY BUYER',
    ' Mallory  Buyer ',
    'MalloryBuyer',
    'Mallory\u00a0Buyer',
    'Mallory\u2003Buyer',
    'Mallory\tBuyer',
    'Mal\u200blory Buyer',
    'Mal\u00adlory Buyer',
    '\u202eMallory Buyer',
    'Mallory\u2060 Buyer\ufe0f',
    'M\u0430llory Buyer',
    'М\u0430ll\u043ery Вuyer',
    'Μallοry Βuyer',
    'Ｍａｌｌｏｒｙ Ｂｕｙｅｒ',
    '𝕸𝖆𝖑𝖑𝖔𝖗𝖞 Buyer',
    'ⓜallory Buyer',
    'MaIIory Buyer',
    'ma11ory buyer',
    'Mall0ry Buyer',
    'Mállory Büyer',
    'Ma\u0301llory Buyer',
    'mallory.buyer',
    'Mallory-Buyer',
    'Mallory/Buyer',
    'Mallory & Buyer!',
    'Buyer, Mallory',
    'BUYER mallory',
    'ɱallory Buyer'.replace('ɱ', 'm'),
  ])('is %j', (name) => {
    expect(lookAlike('Mallory Buyer', name)).toBe(true);
    expect(lookAlike(name, 'Mallory Buyer')).toBe(true);
  });

  it.each(['Mallory', 'Mallory Byer', 'Olga', 'malory buyer', '', '\u200b', '🙂'])('is not %j', (name) => {
    expect(lookAlike('Mallory Buyer', name)).toBe(false);
  });

  it('is found in Greek and Cyrillic too, whatever the case', () => {
    expect(lookAlike('ΝΙΚΟΣ', 'νικος')).toBe(true);
    expect(lookAlike('Νίκος', 'ΝΙΚΟΣ')).toBe(true);
    expect(lookAlike('Иван Ёлкин', 'ИВАН  ЕЛКИН')).toBe(true);
    expect(lookAlike('Arnold', 'Amold')).toBe(true);
  });

  it('is not every other one', () => {
    expect(lookAlike('Anna', 'Anne')).toBe(false);
    expect(lookAlike('Ian', 'Lan')).toBe(false);
    expect(lookAlike('иван', 'ирина')).toBe(false);
    expect(lookAlike('田中', '中田')).toBe(false);
  });
});

describe('a name that stands for nobody', () => {
  it.each([
    'web-ui',
    'web-ui ',
    ' WEB-UI',
    'Web-UI',
    'web\u2011ui'.replace('\u2011', '\u2010'),
    'wеb-ui',
    'web-ui\u200b',
    'web ui',
  ])('is %j', (name) => {
    expect(isAnonymous(name)).toBe(true);
  });

  it.each(['', ' ', '\u200b', '\ufeff \u3164', '\u00a0\t', '\u2800'])('is blank: %j', (name) => {
    expect(isBlankName(name)).toBe(true);
  });
});

describe('the very name', () => {
  it.each([' anna', 'Anna', 'ANNA ', '\u00a0anna', 'ａｎｎａ'])('is still %j', (name) => {
    expect(isSameName('anna', name)).toBe(true);
  });

  it.each(['\u0430nna', 'an na', 'ann\u200ba', 'ánna', 'anna.', 'annа'])('is not %j', (name) => {
    expect(isSameName('anna', name)).toBe(false);
  });

  it('is compared as it came where its letters are not known here', () => {
    expect(isSameName('ᏣᎳᎩ', 'ᏣᎳᎩ')).toBe(true);
    expect(isSameName('ᏣᎳᎩ', 'ꮳꮃꭹ')).toBe(false);
  });
});

describe('a name that cannot be told', () => {
  it.each([
    ['ann\u200ba', "the name 'anna' has an invisible character (U+200B): write it plainly"],
    ['anna\u202e', "the name 'anna' has an invisible character (U+202E): write it plainly"],
    ['аnna', "the name 'аnna' mixes Cyrillic and Latin letters: write it in one script"],
    ['Αnna', "the name 'Αnna' mixes Greek and Latin letters: write it in one script"],
  ])('is %j', (name, because) => {
    expect(unclearName(name)).toBe(because);
  });

  it.each([
    'anna',
    "Siobhán O'Connor-Smith",
    'Şükrü Öztürk',
    'Анна',
    'Νίκος',
    '田中 さくら',
    '김철수',
    'Nguyễn Văn A',
    'DOMAIN\\olga',
    'o.k+x@example.com',
  ])('is not %j', (name) => {
    expect(unclearName(name)).toBeUndefined();
    expect(unknownCharacter(name)).toBeUndefined();
  });

  it('has a character that is not known here', () => {
    expect(unknownCharacter('olga 🙂')).toBe('U+1F642');
  });
});

describe('the frozen letters', () => {
  const known = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter(
    (character) => !/\p{Cs}/u.test(character) && isKnown(character),
  );

  it('are all assigned, so that Unicode promises never to change them', () => {
    expect(known.length).toBeGreaterThan(40_000);
    expect(known.filter((character) => /\p{Cn}/u.test(character))).toEqual([]);
  });

  it('stay known and stay as they are when they are brought into their compatibility form', () => {
    const again = known.filter((character) => {
      const form = character.normalize('NFKC');
      return form.normalize('NFKC') !== form || !Array.from(form).every(isKnown);
    });
    expect(again.map((character) => character.codePointAt(0)?.toString(16))).toEqual([]);
  });

  it('belong to one script each', () => {
    expect(scriptOf('a')).toBe('Latin');
    expect(scriptOf('а')).toBe('Cyrillic');
    expect(scriptOf('1')).toBeUndefined();
  });
});
