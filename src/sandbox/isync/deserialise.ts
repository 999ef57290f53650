import { readDateTime } from './clock';
import { isContract, XSI } from './data-contract';
import type { DataContract, Kind, ListOf, ValueType } from './data-contract';
import type { Value, Values } from '../values';
import { normalised, readXml, XmlError } from './xml-reader';
import type { XmlElement } from './xml-reader';

/** What .NET's DataContractSerializer throws; the message is in its words as far as they are known. */
export class SerializationError extends Error {
  override readonly name = 'SerializationError';
}

const clrNames = { int: 'Int32', decimal: 'Decimal', dateTime: 'DateTime', boolean: 'Boolean' } as const;

/** Without the mark of what may be nil. */
const valueTypes: Readonly<Record<ValueType | `${ValueType}?`, ValueType>> = {
  ...{ int: 'int', decimal: 'decimal', dateTime: 'dateTime', boolean: 'boolean' },
  ...{ 'int?': 'int', 'decimal?': 'decimal', 'dateTime?': 'dateTime', 'boolean?': 'boolean' },
};

const INT = /^[+-]?\d{1,30}$/;
const DECIMAL = /^([+-]?)(?=\.?\d)(\d{0,28})(?:\.(\d{0,28}))?$/;
const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

function readInt(text: string): string | undefined {
  if (!INT.test(text)) return undefined;
  const value = BigInt(text.replace('+', ''));
  return value >= -(2n ** 31n) && value < 2n ** 31n ? value.toString() : undefined;
}

/** The scale stays, as it does in a .NET decimal: `4.00` is not `4`. */
function readDecimal(text: string): string | undefined {
  const [whole, sign = '', digits = '', fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const number = `${digits.replace(/^0+/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return sign === '-' && /[1-9]/.test(number) ? `-${number}` : number;
}

const readers = {
  int: readInt,
  decimal: readDecimal,
  dateTime: readDateTime,
  boolean: (text: string) => (Object.hasOwn(BOOLEANS, text) ? BOOLEANS[text] : undefined),
} as const;

const isNil = ({ attributes }: XmlElement): boolean =>
  attributes.some(
    ({ name, namespace, value }) =>
      name === 'nil' && namespace === XSI && (value.trim() === 'true' || value.trim() === '1'),
  );

/** Reads one document as the DataContractSerializer does: by order, and silent about what it does not expect. */
class Deserialiser {
  /**
   * @param typeName the type asked for, as an error names it
   * @param isStrict whether the required members are `IsRequired` in the contract too
   */
  constructor(
    private readonly xml: string,
    private readonly typeName: string,
    private readonly isStrict: boolean,
  ) {}

  /** The root must be the one asked for, name and namespace. */
  root(contract: DataContract, root: XmlElement): Values | null {
    const { name, namespace } = contract;
    if (root.name !== name || root.namespace !== namespace) {
      throw this.unexpected(
        root.opened,
        `Expecting element '${name}' from namespace '${namespace}'.. ` +
          `Encountered 'Element'  with name '${root.name}', namespace '${root.namespace}'.`,
      );
    }
    return isNil(root) ? null : this.record(contract, root);
  }

  /**
   * Each child is looked for among the members behind the last one that was found. What is not there, because it is
   * unknown, repeated or too late, is skipped without a word: its member stays at its default
   * (docs/vendors/isync.md#member-order).
   */
  record(contract: DataContract, element: XmlElement): Values {
    this.checkMixed(element);
    const found: [string, Value][] = [];
    let last = -1;
    for (const child of element.children) {
      const index = contract.members.findIndex(
        ({ name }, at) => at > last && name === child.name && child.namespace === contract.namespace,
      );
      const member = contract.members[index];
      if (member === undefined) continue;
      this.checkRequired(contract, last, index, child);
      found.push([member.name, this.value(member.kind, child)]);
      last = index;
    }
    this.checkRequired(contract, last, contract.members.length, element);
    return Object.fromEntries(found);
  }

  private value(kind: Kind, element: XmlElement): Value {
    if (kind === 'string') return isNil(element) ? null : this.text(element);
    if (typeof kind === 'string') return this.plain(kind, element);
    if (isNil(element)) return null;
    return isContract(kind) ? this.record(kind, element) : this.list(kind, element);
  }

  private plain(kind: ValueType | `${ValueType}?`, element: XmlElement): Value {
    const type = valueTypes[kind];
    if (isNil(element)) {
      if (kind !== type) return null;
      throw new SerializationError(`ValueType 'System.${clrNames[type]}' cannot be null.`);
    }
    const text = this.text(element);
    const value = readers[type](text.trim());
    if (value !== undefined) return value;
    throw this.failed(`The value '${text.slice(0, 100)}' cannot be parsed as the type '${clrNames[type]}'.`);
  }

  /** Items of another name are skipped like any unknown element. */
  private list(kind: ListOf, element: XmlElement): readonly Value[] {
    this.checkMixed(element);
    return element.children
      .filter(({ name, namespace }) => name === kind.item && namespace === kind.namespace)
      .map((item) => this.value(kind.of, item));
  }

  private text(element: XmlElement): string {
    const [child] = element.children;
    if (child === undefined) return element.text;
    throw this.failed(
      `End element '${element.name}' from namespace '${element.namespace}' expected. ` +
        `Found element '${child.name}' from namespace '${child.namespace}'.${this.place(child.opened)}`,
    );
  }

  private checkMixed(element: XmlElement): void {
    if (element.text.trim() === '') return;
    throw this.unexpected(
      element.opened,
      "Expecting state 'Element'.. Encountered 'Text'  with name '', namespace ''.",
    );
  }

  private checkRequired(contract: DataContract, last: number, next: number, element: XmlElement): void {
    if (!this.isStrict) return;
    const between = contract.members.slice(last + 1, next);
    const missing = between.findIndex(({ isRequired }) => isRequired);
    if (missing < 0) return;
    const isEnd = next === contract.members.length;
    const expected = between.slice(0, missing + 1).map(({ name }) => name);
    throw this.unexpected(
      isEnd ? element.closed : element.opened,
      `'${isEnd ? 'EndElement' : 'Element'}' '${element.name}' from namespace '${element.namespace}' is not expected. ` +
        `Expecting element '${expected.join(' | ')}'.`,
    );
  }

  private unexpected(offset: number, reason: string): SerializationError {
    const { line, position } = this.lineAndPosition(offset);
    return new SerializationError(`Error in line ${line} position ${position}. ${reason}`);
  }

  failed(reason: string): SerializationError {
    return new SerializationError(`There was an error deserializing the object of type ${this.typeName}. ${reason}`);
  }

  place(offset: number): string {
    const { line, position } = this.lineAndPosition(offset);
    return ` Line ${line}, position ${position}.`;
  }

  private lineAndPosition(offset: number): { readonly line: number; readonly position: number } {
    const before = this.xml.slice(0, offset).split('\n');
    return { line: before.length, position: (before.at(-1)?.length ?? 0) + 1 };
  }
}

/**
 * Reads the inner document of a message (`MessageXml`). Members that did not come are absent.
 * @param isStrict see `IsyncOptions.requiredMembers`
 * @returns null where the root is nil
 * @throws SerializationError for another root, what is no XML, and values of another type
 */
export function deserialise(text: string, contract: DataContract, isStrict: boolean): Values | null {
  const xml = normalised(text);
  const reader = new Deserialiser(xml, `iSync.EAI.DTO.${contract.name}`, isStrict);
  try {
    return reader.root(contract, readXml(xml));
  } catch (error) {
    if (error instanceof XmlError) throw reader.failed(`${error.message}${reader.place(error.offset)}`);
    throw error;
  }
}

/**
 * Reads an element of the outer message, whose name was looked at already; an error is always about the request in it.
 * @throws SerializationError as {@link deserialise}
 */
export const readRecord = (xml: string, contract: DataContract, element: XmlElement): Values =>
  new Deserialiser(xml, 'iSync.EAI.Request', false).record(contract, element);
