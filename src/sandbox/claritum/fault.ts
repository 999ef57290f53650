/** The vendor's own no: a SOAP Fault. `Receiver` is what its platform says of everything its own code refuses. */
export class ClaritumFault extends Error {
  override readonly name = 'ClaritumFault';

  constructor(
    readonly code: 'Client' | 'Sender' | 'Receiver' | 'VersionMismatch' | 'MustUnderstand',
    message: string,
  ) {
    super(message);
  }
}
