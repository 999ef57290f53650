import type { z } from 'zod';
import type { CallLimits, CallOptions, ConnectionUse } from '../../transport/http/call';
import { unsentError } from '../../transport/http/failure';
import type { VendorError } from '../../transport/http/vendor-error';
import { SoapClient, type SoapCall } from '../../transport/soap/soap';
import type { SoapValue } from '../../transport/formats/soap-value';
import { faults, readAccepted, readPage, type Accepted } from './answer';
import { present, styleOf, type CentraAccount } from './credentials';
import { callOf, connectionOf, limitsOf, type Operation, type ReadOperation, type WriteOperation } from './operations';
import { write } from './requests';

export interface CentraConfig extends CentraAccount {
  /** Full URL of the service, without `?wsdl`; its path tells which of the three styles it has. */
  readonly endpoint: string;
  /** Ids of the markets that `events_GetByMarkets` asks for. @default none */
  readonly markets?: readonly string[];
  /** @default 20 s, 10 s, 5 MiB; pages of events 64 MiB */
  readonly limits?: Partial<CallLimits>;
}

/** Makes Centra's calls in the style of its endpoint. */
export class Connection {
  readonly #secrets: readonly string[];
  readonly #soap: SoapClient;
  readonly #limits: Partial<CallLimits>;

  /** @throws RangeError for credentials that XML cannot carry */
  constructor({ endpoint, username, password, limits = {} }: CentraConfig) {
    const style = styleOf(endpoint);
    const presented = present(style, { username, password });
    this.#secrets = presented.secrets;
    this.#soap = new SoapClient({ vendor: 'centra', endpoint, wsdlFile: style.wsdlFile, faults, ...presented });
    this.#limits = limits;
  }

  /** The events of a page, each as it came. */
  async read(operation: ReadOperation, parts: SoapCall['args'], options: CallOptions): Promise<readonly unknown[]> {
    const value = await this.#call(operation, parts, { declared: 'events_Get', undeclared: 'result' }, options);
    return readPage(operation, value, this.#secrets);
  }

  /**
   * Sends an update once its shape is right.
   *
   * @param cancels the order has a `cancelled` block, so that the update may not be sent again
   */
  async write(
    operation: WriteOperation,
    schema: z.ZodType<object>,
    request: object,
    options: CallOptions,
    cancels = false,
  ): Promise<Accepted> {
    const written = write(schema, request);
    if ('fault' in written) throw unsendableError(operation, written.fault);
    const undeclared = `${operation.replace('_', '')}Response`;
    const connection = connectionOf(operation, cancels);
    const value = await this.#call(operation, written.parts, { declared: 'result', undeclared }, options, connection);
    return readAccepted(operation, value, this.#secrets);
  }

  async #call(
    operation: Operation,
    args: SoapCall['args'],
    answer: NonNullable<SoapCall['answer']>,
    options: CallOptions,
    connection?: ConnectionUse,
  ): Promise<SoapValue> {
    return this.#soap.call({
      ...callOf(operation),
      connection,
      args,
      answer,
      limits: limitsOf(operation, this.#limits),
      options,
    });
  }
}

/** For what must not be sent. */
export const unsendableError = (operation: Operation, reason: string): VendorError =>
  unsentError(callOf(operation), 'UNSENDABLE', reason);
