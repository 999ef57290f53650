/**
 * The vendor's own no to an update: `success` false with this message (docs/vendors/centra.md#what-an-update-answers).
 */
export class CentraRefused extends Error {
  override readonly name = 'CentraRefused';
}

/** What is no call of this service, or comes from nobody we know: a SOAP Fault. */
export class CentraFault extends Error {
  override readonly name = 'CentraFault';

  constructor(
    readonly code: 'Client' | 'VersionMismatch' | 'MustUnderstand',
    message: string,
  ) {
    super(message);
  }
}
