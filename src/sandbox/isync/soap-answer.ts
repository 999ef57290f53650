import { response } from './contracts';
import { ARRAYS, XSI } from './data-contract';
import { escaped, members } from './serialise';
import { SOAP_1_1, TEMPURI } from './soap-call';
import type { Method } from './soap-call';
import type { WcfFault } from './soap-fault';
import type { Values } from '../values';

const envelope = (body: string): string => `<s:Envelope xmlns:s="${SOAP_1_1}"><s:Body>${body}</s:Body></s:Envelope>`;

function answer(method: Method, attributes: string, result: string | null): string {
  const tag = `${method}Result`;
  const element =
    result === null ? `<${tag} i:nil="true" xmlns:i="${XSI}"/>` : `<${tag}${attributes}>${result}</${tag}>`;
  return envelope(`<${method}Response xmlns="${TEMPURI}">${element}</${method}Response>`);
}

/** @param key null for a login that was refused without a fault */
export const loginResponse = (key: string | null): string => answer('Login', '', key);

export const operationsResponse = (names: readonly string[]): string =>
  answer(
    'GetAvailableOperations',
    ` xmlns:a="${ARRAYS}" xmlns:i="${XSI}"`,
    names.map((name) => `<a:string>${escaped(name)}</a:string>`).join(''),
  );

/** @param result the members of the vendor's `Response`, which are written in ordinal order */
export const executeResponse = (result: Values): string =>
  answer('Execute', ` xmlns:a="${response.namespace}" xmlns:i="${XSI}"`, members(response, result, 'a:'));

export function faultResponse({ code, namespace, message }: WcfFault): string {
  const prefix = namespace === '' ? 's' : 'a';
  const declared = namespace === '' ? '' : ` xmlns:a="${namespace}"`;
  return envelope(
    `<s:Fault><faultcode${declared}>${prefix}:${code}</faultcode>` +
      `<faultstring xml:lang="en-US">${escaped(message)}</faultstring></s:Fault>`,
  );
}
