/** Where the vendor's documents leave a choice (docs/vendors/manex.md#what-its-documents-leave-open). */
export interface ManExOptions {
  /** Whether SO/Get and ItemGet fill DueDateList and SOPRICESList; the vendor's samples do not. @default true */
  readonly childLists: boolean;
  /** Whether they fill PART_NUM and REVISION; the vendor's samples do not. @default false */
  readonly partNumbers: boolean;
  /** Code of a successful PriceEdit (docs/vendors/manex.md#sopriceedit). @default 403 */
  readonly priceEditCode: 403 | 200;
  /**
   * DueDateEdit without its key answers with the sample's misprint (docs/vendors/manex.md#soduedateedit).
   * @default false
   */
  readonly literalDueDateEditText: boolean;
  /** The clock behind default dates. */
  readonly now: () => Date;
}

export const defaultOptions: ManExOptions = {
  childLists: true,
  partNumbers: false,
  priceEditCode: 403,
  literalDueDateEditText: false,
  now: () => new Date(),
};
