import { CentraClient } from '../../../src/vendors/centra/client';
import { serve, type Served } from '../served';

export const PASSWORD = 'hunter2';

let served: Served | undefined;

/** For `afterEach`. */
export async function closeServed(): Promise<void> {
  await served?.close();
  served = undefined;
}

/** A client whose every call is answered by `body`, byte for byte, over HTTP. */
export async function clientAnswered(body: string, status = 200): Promise<CentraClient> {
  await closeServed();
  served = await serve(() => ({ status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body }));
  const endpoint = `${served.origin}/ams/system/service/module/soap/api`;
  return new CentraClient({ endpoint, username: 'erp', password: PASSWORD, markets: ['1'] });
}

/** As the vendor's samples are written. */
export const envelope = (content: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"' +
  ` xmlns:ns1="http://www.centra.com/webservices/">\n  <SOAP-ENV:Body>\n    ${content}\n  </SOAP-ENV:Body>\n</SOAP-ENV:Envelope>\n`;

/** Bare names get the vendor's prefix. */
export const qualified = (content: string): string => content.replaceAll(/<(\/?)(?=[a-z])/g, '<$1ns1:');

export const answering = async (content: string): Promise<CentraClient> => clientAnswered(envelope(qualified(content)));

/** What answers an update; lists are given whole. */
export const result = (success: string, errors: string, notices: string): string =>
  `<result><success>${success}</success>${errors}${notices}</result>`;
