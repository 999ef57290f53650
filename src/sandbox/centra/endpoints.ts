/** One of the three doors to the same service (docs/vendors/centra.md#endpoints-and-login). */
export interface Endpoint {
  readonly path: string;
  readonly namespace: string;
  /** Where the login travels: as the first child of the request, or outside it, in a SOAP header or HTTP Basic. */
  readonly login: 'body' | 'outside';
}

export const MODULE_PATH = '/ams/system/service/module/';
export const CURRENT_NAMESPACE = 'http://www.centra.com/webservices/';
const OLD_NAMESPACE = 'http://www.silkvms.com/webservices/';

/**
 * The older two have another namespace. The vendor's generated samples show the login in the body at `navision/soap` and
 * none in it at `navision/api`; how it travels there they do not show: a SOAP header and HTTP Basic are both taken.
 */
export const endpoints: readonly Endpoint[] = [
  { path: `${MODULE_PATH}soap/api`, namespace: CURRENT_NAMESPACE, login: 'body' },
  { path: `${MODULE_PATH}navision/api`, namespace: OLD_NAMESPACE, login: 'outside' },
  { path: `${MODULE_PATH}navision/soap`, namespace: OLD_NAMESPACE, login: 'body' },
];
