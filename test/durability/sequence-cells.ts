/** What the buyer or the carrier thinks better of. */
export const changes = [
  'amend-up',
  'amend-down',
  'cancel',
  'absent-and-back',
  'cancelled-in-list',
  'corrected-up',
  'corrected-down',
  'second-record',
] as const;
export type Change = (typeof changes)[number];

/** When. Of a correction, the mark that is unknown or unsent is that of the delivery. */
export const moments = [
  'before-approval',
  'between-manex',
  'mark-unknown',
  'mark-unsent',
  'after-mark',
  'after-despatch',
  'after-delivery-mark',
] as const;
export type Moment = (typeof moments)[number];

/** How the vendor of that moment is. */
export const vendorStates = ['well', '503', 'killed'] as const;
export type VendorState = (typeof vendorStates)[number];

/** One order whose buyer changes something at one moment. */
export interface SequenceCell {
  /** `<change> <moment> <vendor>`. */
  readonly name: string;
  readonly change: Change;
  readonly moment: Moment;
  readonly vendor: VendorState;
}

export const isCorrection = (change: Change): boolean => change.startsWith('corrected');

export const isAtItsMark = ({ moment }: SequenceCell): boolean => moment === 'mark-unknown' || moment === 'mark-unsent';

/** Whether the mark of that moment is that of a delivery. */
export const isAfterReceipt = ({ change, moment }: SequenceCell): boolean =>
  isCorrection(change) || moment === 'after-delivery-mark';

const BEFORE_DELIVERY: readonly Moment[] = ['before-approval', 'between-manex', 'after-mark', 'after-despatch'];
const AFTER_MARK: readonly Moment[] = ['after-mark', 'after-despatch', 'after-delivery-mark'];

/** Why a pair makes no sense; null where it does. */
export function whyNot(change: Change, moment: Moment): string | null {
  if (isCorrection(change) && BEFORE_DELIVERY.includes(moment))
    return 'no delivery was reported that could be corrected';
  if (change === 'cancel' && AFTER_MARK.includes(moment))
    return 'a marked record is not listed: nobody can see that it was removed';
  if (change === 'cancel' && moment === 'mark-unknown')
    return 'Claritum shows a mark that was made and a record that was removed alike';
  return null;
}

const cell = (change: Change, moment: Moment, vendor: VendorState): SequenceCell => ({
  name: `${change} ${moment} ${vendor}`,
  ...{ change, moment, vendor },
});

/** Every change of mind × every moment × every state of the vendor, as far as they make sense. */
export const sequenceCells: readonly SequenceCell[] = changes.flatMap((change) =>
  moments
    .filter((moment) => whyNot(change, moment) === null)
    .flatMap((moment) => vendorStates.map((vendor) => cell(change, moment, vendor))),
);

/** The cells of this name, or whose name begins so; none where there are none. */
export function sequencesNamed(name: string): readonly SequenceCell[] {
  const exact = sequenceCells.filter((each) => each.name === name);
  return exact.length > 0 ? exact : sequenceCells.filter((each) => each.name.startsWith(`${name} `));
}
