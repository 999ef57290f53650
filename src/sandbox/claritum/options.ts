/** Where the vendor's documents leave a choice. */
export interface ClaritumOptions {
  /** Ways of sending credentials that are understood; the vendor documents none (contract.md §E.1). @default any */
  readonly authentication: 'any' | 'parameters' | 'basic' | 'ws-security';
  /** What a batch of customers or suppliers with one bad record leaves behind (contract.md §B.1). @default nothing */
  readonly refusedBatch: 'nothing' | 'the rest';
  /** What becomes of a receipt beyond what is outstanding (contract.md §E.5). @default refused */
  readonly overReceipt: 'refused' | 'last address';
}

export const defaultOptions: ClaritumOptions = {
  authentication: 'any',
  refusedBatch: 'nothing',
  overReceipt: 'refused',
};
