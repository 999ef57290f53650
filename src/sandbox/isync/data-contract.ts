/** The namespace of every instance attribute. */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Where the vendor's data transfer objects live. */
const DTO = 'http://schemas.datacontract.org/2004/07/iSync.EAI.DTO';
/** Where WCF puts the items of lists of plain values. */
export const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

export type ValueType = 'int' | 'decimal' | 'dateTime' | 'boolean';

/** A list: its items' element name, where that name lives, and what an item is. */
export interface ListOf {
  readonly item: string;
  readonly namespace: string;
  readonly of: Kind;
}

/** As the vendor's tables write it: `int?` may be nil, `int` may not. A string may always be nil. */
export type Kind = 'string' | ValueType | `${ValueType}?` | DataContract | ListOf;

interface Member {
  readonly name: string;
  readonly kind: Kind;
  /** Whether the vendor's table says required. */
  readonly isRequired: boolean;
}

/** A .NET data contract: the members in the order in which they are written and read. */
export interface DataContract {
  readonly name: string;
  readonly namespace: string;
  readonly members: readonly Member[];
}

/** By UTF-16 code unit, capitals first, as .NET compares ordinally: `PONumber` before `PaymentMethodID`. */
const ordinally = (left: Member, right: Member): number => (left.name < right.name ? -1 : 1);

/**
 * A contract of the vendor's; the members may be named in any order, they are kept in ordinal order, for none of them
 * states one (docs/vendors/isync.md#member-order).
 * @param required the members the vendor's table marks so
 */
export function dataContract(
  name: string,
  members: Readonly<Record<string, Kind>>,
  required: readonly string[] = [],
  namespace = DTO,
): DataContract {
  const list = Object.entries(members).map(([member, kind]) => ({
    name: member,
    kind,
    isRequired: required.includes(member),
  }));
  return { name, namespace, members: list.toSorted(ordinally) };
}

/** `LineItems` of such contracts, each item an element of the contract's name. */
export const listOf = (of: DataContract): ListOf => ({ item: of.name, namespace: of.namespace, of });

/** A list of plain values: `<a:string>`, `<a:decimal>`. */
export const arrayOf = (of: 'string' | 'decimal'): ListOf => ({ item: of, namespace: ARRAYS, of });

export const isContract = (kind: Kind): kind is DataContract => typeof kind === 'object' && 'members' in kind;
