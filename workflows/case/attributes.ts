import { upsertSearchAttributes } from '@temporalio/workflow';

/** What lists show of a case, and find it by. */
export interface Attributes {
  readonly Stage: string;
  readonly WaitingFor: string;
  /** The system it is busy with; empty where it waits for none. */
  readonly Vendor: string;
  /** The customer's number, never a name; empty while it is not known. */
  readonly Customer: string;
}

const keyword = (name: keyof Attributes) => ({ name, type: 'KEYWORD' }) as const;
const KEYS = [keyword('Stage'), keyword('WaitingFor'), keyword('Vendor'), keyword('Customer')];

/** Writes the search attributes, all together: one event, however many have changed. */
export const showAttributes = (attributes: Attributes): void =>
  upsertSearchAttributes(KEYS.map((key) => ({ key, value: attributes[key.name] })));
