/** One of the three doors to the same service (centra.md §1). */
export interface Endpoint {
  readonly path: string;
  readonly namespace: string;
  /** Where its WSDL has the login. */
  readonly login: 'body' | 'header';
  /** Whether how its login travels is recoverable from the vendor's documents; if not, other places serve as well. */
  readonly isLoginKnown: boolean;
}

export const MODULE_PATH = '/ams/system/service/module/';
export const CURRENT_NAMESPACE = 'http://www.centra.com/webservices/';
const OLD_NAMESPACE = 'http://www.silkvms.com/webservices/';

/**
 * The older two have another namespace, and one of them passes the login differently. Which one and how the documents
 * do not say: here it is `navision/soap`, in a SOAP header.
 */
export const endpoints: readonly Endpoint[] = [
  { path: `${MODULE_PATH}soap/api`, namespace: CURRENT_NAMESPACE, login: 'body', isLoginKnown: true },
  { path: `${MODULE_PATH}navision/api`, namespace: OLD_NAMESPACE, login: 'body', isLoginKnown: false },
  { path: `${MODULE_PATH}navision/soap`, namespace: OLD_NAMESPACE, login: 'header', isLoginKnown: false },
];
