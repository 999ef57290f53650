/** The vendor's own no: a SOAP Fault. `Receiver` is what its platform says of everything its own code refuses. */
export class ClaritumFault extends Error {
  override readonly name = 'ClaritumFault';

  constructor(
    readonly code: 'Client' | 'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand',
    message: string,
    /** How many records were changed all the same. */
    readonly effects = 0,
  ) {
    super(message);
  }
}
