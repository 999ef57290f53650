import { readFile } from 'node:fs/promises';
import { Client, WSDL } from 'soap';

// node-soap keeps the ids of a document in plain objects, where `__proto__` reaches every object there is (ADR 3).
// The screen refuses such documents, and our scripts start Node with --disable-proto=delete; this is for whatever loads
// node-soap without them, in any thread.
Reflect.deleteProperty(Object.prototype, '__proto__');

const asWritten = (text: string): string => text;
const leafTypes = [
  'decimal',
  'long',
  'int',
  'integer',
  'short',
  'double',
  'float',
  'dateTime',
  'date',
  'boolean',
  'bool',
];

/** Given to the WSDL and again to every client on it, which writes them back into the WSDL's shared options. */
export const decoding = {
  customDeserializer: Object.fromEntries(leafTypes.map((name) => [name, asWritten])),
  handleNilAsNull: true,
  preserveWhitespace: true,
};

const parsed = new Map<string, Promise<WSDL>>();

/**
 * The WSDL in this file, parsed once per thread; a failed attempt is not kept.
 *
 * @throws Error for a file that is no WSDL, or imports another
 */
export async function wsdlOf(file: string): Promise<WSDL> {
  const known = parsed.get(file) ?? parseWsdl(file);
  parsed.set(file, known);
  try {
    return await known;
  } catch (error) {
    parsed.delete(file);
    throw error;
  }
}

async function parseWsdl(file: string): Promise<WSDL> {
  const text = await readFile(file, 'utf8');
  return new Promise((resolve, reject) => {
    const wsdl = new WSDL(text, '', {
      ...decoding,
      wsdl_options: {
        overrideImportLocation: () => {
          throw new Error('a WSDL stands alone here');
        },
      },
    });
    wsdl.onReady((error) => {
      if (error) return reject(error);
      // A client gives its WSDL options for which that has no default of its own, such as the name of attributes.
      void new Client(wsdl, '', decoding);
      describeOnce(wsdl);
      resolve(wsdl);
    });
  });
}

/** A type of a WSDL; node-soap itself leaves the namespaces out where a document names the type. */
interface Described {
  description(definitions: unknown, namespaces?: unknown): object;
}

/**
 * Lets each type be described once. node-soap describes the type that an element names, with all its members, for every
 * such element: sixteen thousand of the largest take a second.
 */
function describeOnce({ definitions }: WSDL): void {
  const types: readonly Described[] = Object.values(definitions.schemas).flatMap(({ complexTypes }) =>
    Object.values(complexTypes),
  );
  for (const type of types) {
    const describe = type.description.bind(type);
    let known: object | undefined;
    // With namespaces it is asked from within another description, which changes what it gets.
    type.description = (of, namespaces) =>
      namespaces === undefined ? (known ??= describe(of)) : describe(of, namespaces);
  }
}
