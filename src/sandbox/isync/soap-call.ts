import { request } from './contracts';
import { dataContract } from './data-contract';
import type { DataContract } from './data-contract';
import { readRecord, SerializationError } from './deserialise';
import { BadRequest, WcfFault } from './soap-fault';
import type { Values } from '../values';
import { normalised, readXml, XmlError } from './xml-reader';
import type { XmlElement } from './xml-reader';

export const SOAP_1_1 = 'http://schemas.xmlsoap.org/soap/envelope/';
export const TEMPURI = 'http://tempuri.org/';

/** A call of one of the service's three methods. */
export interface SoapCall {
  readonly method: Method;
  /** The method's parameters by name. */
  readonly given: Values;
}

/**
 * Parameters are read in the order of the signature, not ordinally: `username` before `password`
 * (docs/vendors/isync.md#member-order).
 */
const parameters = {
  Login: signature('Login', [
    ['username', 'string'],
    ['password', 'string'],
  ]),
  Execute: signature('Execute', [['request', request]]),
  GetAvailableOperations: signature('GetAvailableOperations', []),
} as const;

export type Method = keyof typeof parameters;
const isMethod = (name: string): name is Method => Object.hasOwn(parameters, name);

function signature(name: string, members: readonly (readonly [string, 'string' | DataContract])[]): DataContract {
  const unordered = dataContract(name, {}, [], TEMPURI);
  return { ...unordered, members: members.map(([member, kind]) => ({ name: member, kind, isRequired: false })) };
}

function parsed(xml: string): XmlElement {
  try {
    return readXml(xml);
  } catch (error) {
    if (error instanceof XmlError) throw new BadRequest(error.message, { cause: error });
    throw error;
  }
}

const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name && child.namespace === SOAP_1_1);

/** @throws BadRequest for another document, WcfFault for another SOAP */
function bodyOf(envelope: XmlElement): XmlElement {
  if (envelope.name !== 'Envelope') throw new BadRequest('no SOAP envelope');
  if (envelope.namespace !== SOAP_1_1) {
    throw WcfFault.soap('VersionMismatch', 'The envelope version of the incoming message is not that of the binding.');
  }
  for (const header of childOf(envelope, 'Header')?.children ?? []) checkHeader(header);
  const body = childOf(envelope, 'Body');
  if (body === undefined) throw new BadRequest('no SOAP body');
  return body;
}

/** Headers we do not know but that insist on being understood must be refused (SOAP 1.1, 4.2.3). */
function checkHeader({ name, namespace, attributes }: XmlElement): void {
  const isMust = attributes.some(
    (each) => each.name === 'mustUnderstand' && each.namespace === SOAP_1_1 && each.value === '1',
  );
  if (!isMust) return;
  throw WcfFault.soap(
    'MustUnderstand',
    `The header '${name}' from the namespace '${namespace}' was not understood by the recipient of this message.`,
  );
}

/** WCF dispatches by the SOAPAction header alone. @throws WcfFault for one that names no method */
function methodOf(soapAction: string): Method {
  const action = soapAction.trim().replace(/^"(.*)"$/, '$1');
  const [, name = ''] = /^http:\/\/tempuri\.org\/IMessageService\/(\w{1,60})$/.exec(action) ?? [];
  if (!isMethod(name)) throw WcfFault.actionNotSupported(action.slice(0, 200));
  return name;
}

/** The time as the caller wrote it: it is echoed, and a server that rewrote it would hide what was sent. */
function withPublishDate(given: Values, wrapper: XmlElement): Values {
  const { request: message } = given;
  const sent = wrapper.children
    .find(({ name }) => name === 'request')
    ?.children.find(({ name, namespace }) => name === 'PublishDate' && namespace === request.namespace);
  if (sent === undefined || typeof message !== 'object' || message === null || !('PublishDate' in message))
    return given;
  return { ...given, request: { ...message, PublishDate: sent.text.trim() } };
}

/**
 * Reads a SOAP 1.1 request of the service, in whatever prefixes.
 * @param soapAction the header, quoted or not
 * @throws BadRequest for what is no SOAP message, WcfFault for what is none of this service
 */
export function readCall(text: string, soapAction: string): SoapCall {
  const xml = normalised(text);
  const [wrapper, ...rest] = bodyOf(parsed(xml)).children;
  const method = methodOf(soapAction);
  const expected = `Expected to find node type 'Element' with name '${method}' and namespace '${TEMPURI}'.`;
  if (wrapper?.name !== method || wrapper.namespace !== TEMPURI || rest.length > 0) {
    const found = `Found node type 'Element' with name '${wrapper?.name ?? ''}' and namespace '${wrapper?.namespace ?? ''}'`;
    throw WcfFault.deserializationFailed(
      `OperationFormatter encountered an invalid Message body. ${expected} ${found}`,
    );
  }
  try {
    return { method, given: withPublishDate(readRecord(xml, parameters[method], wrapper), wrapper) };
  } catch (error) {
    if (!(error instanceof SerializationError)) throw error;
    throw WcfFault.deserializationFailed(
      `The formatter threw an exception while trying to deserialize the message: There was an error while trying to ` +
        `deserialize parameter ${TEMPURI}:request. The InnerException message was '${error.message}'.`,
    );
  }
}
