import { upsertSearchAttributes } from '@temporalio/workflow';

/** What lists show of a case, and find it by. */
export interface Attributes {
  readonly Stage: string;
  readonly WaitingFor: string;
  /** The vendor that has not taken its calls for a while, also while a question is open; empty where all are taken. */
  readonly SilentVendor: string;
  /** The system it is busy with; empty where it waits for none. */
  readonly Vendor: string;
  /** The customer's number, never a name; empty where the policy has none. */
  readonly Customer: string;
  /** Its numbers in any system (`keysOf`), never a name. */
  readonly Keys: readonly string[];
}

const NAMES: readonly Exclude<keyof Attributes, 'Keys'>[] = [
  'Stage',
  'WaitingFor',
  'SilentVendor',
  'Vendor',
  'Customer',
];

/** Writes these search attributes, all together: one event, however many they are. The others stay as they were. */
export function showAttributes({ Keys, ...attributes }: Partial<Attributes>): void {
  upsertSearchAttributes([
    ...NAMES.flatMap((name) => {
      const value = attributes[name];
      return value === undefined ? [] : [{ key: { name, type: 'KEYWORD' as const }, value }];
    }),
    ...(Keys === undefined ? [] : [{ key: { name: 'Keys', type: 'KEYWORD_LIST' as const }, value: [...Keys] }]),
  ]);
}
