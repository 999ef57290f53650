const DISPATCHER = 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher';

/**
 * What WCF itself says of a message it cannot bring to the service. The service's own no is never a fault
 * (docs/vendors/isync.md#execute).
 */
export class WcfFault extends Error {
  override readonly name = 'WcfFault';

  /** @param namespace of the code; empty for SOAP's own codes */
  private constructor(
    readonly code: string,
    readonly namespace: string,
    message: string,
  ) {
    super(message);
  }

  static deserializationFailed(message: string): WcfFault {
    return new WcfFault('DeserializationFailed', DISPATCHER, message);
  }

  /** What a caller sees of an exception nobody caught. */
  static internal(): WcfFault {
    const message = 'The server was unable to process the request due to an internal error.';
    return new WcfFault('InternalServiceFault', DISPATCHER, message);
  }

  static actionNotSupported(action: string): WcfFault {
    return new WcfFault(
      'ActionNotSupported',
      'http://schemas.microsoft.com/ws/2005/05/addressing/none',
      `The message with Action '${action}' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.`,
    );
  }

  static soap(code: 'Client' | 'VersionMismatch' | 'MustUnderstand', message: string): WcfFault {
    return new WcfFault(code, '', message);
  }
}

/** Thrown for what is no SOAP message at all: WCF answers HTTP 400 without a body. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}
