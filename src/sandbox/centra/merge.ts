import { CentraRefused } from './refused';
import { isList, isValues, textOf } from './values';
import type { Value, Values } from './values';
import type { Wsdl } from './wsdl';

/** What tells two entries of a list apart, by their type: `id`, unless it is named here; empty: a list is sent whole. */
const IDENTITY: Readonly<Record<string, string>> = {
  ...{ Additional: 'key', Display: 'store', StoreMeta: 'store', InvoiceItem: 'itemid' },
  ...{ OrderProduct: '', OrderSize: '', Payment: '', Money: '' },
};

/** `variationsremove`, `categoriesremove`, `marketsremove`: what they name leaves the list of that name. */
const REMOVES = /^(\w+)remove$/;

const recordsIn = (value: Value | undefined): readonly Values[] =>
  isList(value) ? value.filter((entry): entry is Values => isValues(entry)) : [];

/**
 * The partial update (docs/vendors/centra.md#what-an-update-leaves-out): a member that is not sent keeps its value, at
 * every depth; what is sent in a list changes the entry with the same identity or is added to it, and nothing leaves a
 * list by not being sent.
 */
export class Merger {
  constructor(private readonly wsdl: Wsdl) {}

  /** @throws CentraRefused for an entry of a list that does not say which one it is */
  merged(type: string, before: Values, given: Values): Values {
    const shape = this.wsdl.shape(type);
    const types = new Map(shape?.kind === 'record' ? shape.members.map((member) => [member.name, member]) : []);
    const after: Record<string, Value> = { ...before };
    for (const [name, value] of Object.entries(given)) {
      const removed = REMOVES.exec(name)?.[1];
      const member = types.get(name);
      if (removed !== undefined) after[removed] = this.without(after[removed], value);
      else if (member?.isRepeated === true) after[name] = this.list(member.type, after[name], value);
      else after[name] = this.member(member?.type ?? '', after[name], value);
    }
    return after;
  }

  private member(type: string, before: Value | undefined, given: Value): Value {
    const shape = this.wsdl.shape(type);
    if (shape === undefined) return given;
    if (shape.kind === 'list') return this.list(shape.item.type, before, given);
    return isValues(given) ? this.merged(type, isValues(before) ? before : {}, given) : given;
  }

  private list(type: string, before: Value | undefined, given: Value): Value {
    const identity = IDENTITY[type] ?? 'id';
    if (identity === '') return given;
    const after = [...recordsIn(before)];
    for (const entry of recordsIn(given)) {
      const key = textOf(entry, identity);
      if (key === '') throw new CentraRefused(`<${identity}> missing in ${type.toLowerCase()}`);
      const at = after.findIndex((known) => textOf(known, identity) === key);
      if (at < 0) after.push(this.merged(type, {}, entry));
      else after[at] = this.merged(type, after[at] ?? {}, entry);
    }
    return after;
  }

  private without(before: Value | undefined, given: Value): Value {
    const gone = new Set(recordsIn(given).map((entry) => textOf(entry, 'id')));
    return recordsIn(before).filter((entry) => !gone.has(textOf(entry, 'id')));
  }
}
