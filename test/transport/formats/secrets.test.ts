import * as fc from 'fast-check';
import { hiding } from '../../../src/transport/formats/secrets';
import { growth, LINEAR } from '../../growth';

const secret = `Tr0ub&4dor"é/ z+'9\\`;
const hide = hiding([secret]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const each = (form: (character: string) => string): string => Array.from(secret, form).join('');
const code = (character: string): number => character.codePointAt(0) ?? 0;
const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  é: '&eacute;',
  "'": '&#39;',
  '/': '&sol;',
};

describe('a secret is masked', () => {
  it.each<[string, string]>([
    ['as it is', secret],
    ['in capitals', secret.toUpperCase()],
    ['in small letters', secret.toLowerCase()],
    ['without its accents', secret.replace('é', 'e')],
    ['decomposed', secret.normalize('NFD')],
    ['as another charset shows it', Buffer.from(secret).toString('latin1')],
    ['as a narrower charset keeps it', secret.replace('é', '?')],
    ['for a URL', encodeURIComponent(secret)],
    ['for a URL, with small hexadecimal digits', encodeURIComponent(secret).toLowerCase()],
    ['for a URL, in Latin-1', encodeURIComponent(secret).replace('%C3%A9', '%E9')],
    ['for a URL, each character', Buffer.from(secret).toString('hex').replaceAll(/../g, '%$&')],
    ['for a URL twice', encodeURIComponent(encodeURIComponent(secret))],
    ['as a form writes it', new URLSearchParams({ a: secret }).toString().slice(2)],
    [
      'as old JavaScript escapes it',
      each((it) => (/\w/.test(it) ? it : `%u${code(it).toString(16).padStart(4, '0')}`)),
    ],
    ['for XML', secret.replaceAll('&', '&amp;')],
    ['for HTML, by names', each((it) => named[it] ?? it)],
    ['for XML, by padded numbers', each((it) => `&#x0000${code(it).toString(16)};`)],
    ['for XML, by decimal numbers', each((it) => `&#${code(it)};`)],
    ['for XML twice', secret.replaceAll('&', '&amp;amp;')],
    ['for JSON', JSON.stringify(secret)],
    ['for JSON, as PHP does', JSON.stringify(secret).replaceAll('/', '\\/').replace('é', '\\u00e9')],
    ['for JSON in JSON', JSON.stringify(JSON.stringify(secret))],
    ['for JSON in a URL in XML', encodeURIComponent(JSON.stringify(secret)).replaceAll('%', '&#37;')],
    ['for SQL', secret.replace("'", "''")],
    ['in base64', base64(secret)],
    ['in base64 with the user', base64(`user:${secret}`)],
    ['in base64 with a user of another length', base64(`someone:${secret}`)],
    ['in base64 with a third', base64(`somebody:${secret}, and more`)],
    ['in the alphabet for URLs', base64(`ab:${secret}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
    ['in base64, in capitals', base64(`ab:${secret}`).toUpperCase()],
    ['in base64, in lines', base64(`user:${secret}`).replaceAll(/.{5}/g, '$&\r\n ')],
    ['in base64 for a URL', encodeURIComponent(base64(`user:${secret}`))],
    ['in base64 for JSON', JSON.stringify(base64(secret)).replaceAll('/', '\\/')],
    ['in base64, as UTF-16', Buffer.from(`a:${secret}`, 'utf16le').toString('base64')],
    ['in capitals in base64', base64(`u:${secret.toUpperCase()}`)],
    ['in hexadecimal', Buffer.from(secret).toString('hex').toUpperCase()],
    ['with an invisible character', secret.replace('4', '4\u200B')],
    ['broken into lines', secret.replace('4', '4\n')],
  ])('%s', (_, form) => {
    const told = hide(`the login (${form}) was refused`);
    expect(told).toMatch(/^the login \(.*\*\*\*.*\) was refused$/s);
    // What stands beside it in its own group of base64 may be kept: the name of the user.
    const kept = told.slice('the login ('.length, -') was refused'.length).replaceAll('***', '');
    expect(Buffer.from(kept, 'base64').toString()).not.toMatch(/tr0|ub&|dor/i);
    expect(kept).not.toMatch(/tr0|ub&|4dor|VHIw|dWIm/i);
  });

  it('wherever it stands and however often, and nothing else is', () => {
    const two = hiding(['hunter2', '1234567890', '', '  ']);
    expect(two('HUNTER2: hunter2/1234567890, 123456789')).toBe('***: ***/***, 123456789');
    expect(two('Object reference not set to an instance of an object. 50% & more; C:\\new')).toBe(
      'Object reference not set to an instance of an object. 50% & more; C:\\new',
    );
    expect(hiding([])('as it was %41')).toBe('as it was %41');
  });

  it('also where it looks like an escape itself, or overlaps itself', () => {
    expect(hiding(['a&%41b'])('<a&amp;%41b>')).toBe('<***>');
    expect(hiding(['a%41b'])('<a%2541b> <a%41b>')).toBe('<***> <***>');
    expect(hiding(['aXa'])('<aXaXaXa>')).toBe('<***>');
  });

  it('at the end of what is told of a long text', () => {
    for (let length = 4_070; length < 4_100; length += 1) {
      const told = hiding(['Sw0rdfish-and-more'])(`${'.'.repeat(length)}Sw0rdfish-and-more${'.'.repeat(20_000)}`);
      expect(told).not.toContain('S');
      expect(told.length).toBeLessThanOrEqual(4_099);
    }
  });

  it('whatever it is, whatever stands around it', () => {
    const forms: readonly ((text: string, before: string) => string)[] = [
      (text) => text,
      (text) => encodeURIComponent(text),
      (text) => encodeURIComponent(encodeURIComponent(text)),
      (text) => JSON.stringify(text).slice(1, -1),
      (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
      (text, before) => base64(before + text),
      (text, before) =>
        base64(before + text)
          .replaceAll('+', '-')
          .replaceAll('/', '_'),
      (text) => Buffer.from(text).toString('hex'),
    ];
    const secrets = fc
      .string({ unit: 'grapheme', minLength: 4, maxLength: 40 })
      .filter((text) => text.trim().length > 3);
    fc.assert(
      fc.property(secrets, fc.stringMatching(/^[a-z]{0,7}$/), fc.constantFrom(...forms), (text, before, form) => {
        const written = form(text, before);
        const told = hiding([text])(`[${written}]`);
        expect(told).toContain('***');
        // No more than what the name before it makes, a last accent, and a character of padding.
        expect(told.replaceAll(/\p{M}/gu, '').length).toBeLessThanOrEqual(
          '[***]'.length + Math.ceil((before.length * 4) / 3) + 3,
        );
      }),
    );
  });

  it('at a cost that does not grow with the square of the text', () => {
    const worst = hiding(['aaaaaaaaab%25&amp;']);
    expect(growth(2_000, (size) => 'a%25'.repeat(size / 4), worst)).toBeLessThan(LINEAR);
    expect(growth(100_000, (size) => 'aaaa'.repeat(size / 4), worst)).toBeLessThan(LINEAR);
  });
});
