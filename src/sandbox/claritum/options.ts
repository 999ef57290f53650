/** Where the vendor's documents leave a choice (docs/vendors/claritum.md#what-its-documents-leave-open). */
export interface ClaritumOptions {
  /** Ways of sending credentials that are understood; the vendor documents none. @default any */
  readonly authentication: 'any' | 'parameters' | 'basic' | 'ws-security';
  /** What a batch of customers or suppliers with one bad record leaves behind. @default nothing */
  readonly refusedBatch: 'nothing' | 'the rest';
  /** What becomes of a receipt beyond what is outstanding. @default refused */
  readonly overReceipt: 'refused' | 'last address';
}

export const defaultOptions: ClaritumOptions = {
  authentication: 'any',
  refusedBatch: 'nothing',
  overReceipt: 'refused',
};
