import type { VendorAnswer, VendorRequest } from '../../../src/sandbox/vendor';
import { serve, type Reaction, type Served } from '../served';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const EAI = 'http://schemas.datacontract.org/2004/07/iSync.EAI';

export const soap = (content: string, status = 200): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/xml; charset=utf-8' },
  body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${content}</s:Body></s:Envelope>`,
});

export const soapFault = (code: string, text: string): VendorAnswer =>
  soap(`<s:Fault><faultcode>${code}</faultcode><faultstring>${escaped(text)}</faultstring></s:Fault>`, 500);

export const loginAnswer = (result: string): VendorAnswer =>
  soap(`<LoginResponse xmlns="http://tempuri.org/">${result}</LoginResponse>`);

export const keyAnswer = (key: string): VendorAnswer => loginAnswer(`<LoginResult>${key}</LoginResult>`);

/** @param members of ExecuteResult, as XML with the prefix `b` */
export const executeAnswer = (members: string): VendorAnswer =>
  soap(
    `<ExecuteResponse xmlns="http://tempuri.org/"><ExecuteResult xmlns:b="${EAI}" xmlns:i="${XSI}">${members}` +
      '</ExecuteResult></ExecuteResponse>',
  );

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An answer as the real service spells it (docs/vendors/isync.md#execute). */
export const succeeded = (resultXml: string): VendorAnswer =>
  executeAnswer(
    `<b:ResponseText>OK</b:ResponseText><b:ResultXml>${escaped(resultXml)}</b:ResultXml><b:Successflag>true</b:Successflag>`,
  );
export const refused = (text: string): VendorAnswer =>
  executeAnswer(`<b:ResponseText>${escaped(text)}</b:ResponseText><b:Successflag>false</b:Successflag>`);

/** A member of the request's text. */
export const sent = ({ body }: VendorRequest, name: string): string =>
  new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>([^<]*)<`).exec(body)?.[1] ?? '';
export const isLogin = ({ headers }: VendorRequest): boolean => /\/Login"?$/.test(String(headers['soapaction']));

/** What answers each login with a key, and everything else as it is told. */
export const serveAnswering = async (react: (request: VendorRequest) => Reaction): Promise<Served> =>
  serve((request) => (isLogin(request) ? keyAnswer('K-1') : react(request)));

/** A vendor who knows one key, the last it gave to anybody, and counts what it carries out. */
export interface OneKeyVendor {
  readonly served: Served;
  /** Every request in the order in which it was dealt with. */
  readonly arrived: readonly VendorRequest[];
  readonly logins: () => number;
  /** PO numbers, in the order in which they took effect. */
  readonly effects: readonly string[];
  /** What another process does: the key in use is void. */
  loginElsewhere(): void;
}

/** When a request may come in, and who is told that it has been dealt with. */
export interface Door {
  in(request: VendorRequest): Promise<void>;
  out(): void;
}

/** @param before looked at ahead of every request, to let things happen at a certain moment */
export async function serveOneKey(
  before: (request: VendorRequest, vendor: OneKeyVendor) => Reaction | undefined = () => undefined,
  door: Door = { in: async () => undefined, out: () => undefined },
): Promise<OneKeyVendor> {
  let key = 0;
  const effects: string[] = [];
  const arrived: VendorRequest[] = [];
  const react = (request: VendorRequest): Reaction => {
    const decided = before(request, vendor);
    if (decided !== undefined) return decided;
    if (isLogin(request)) return keyAnswer(`K-${(key += 1)}`);
    if (sent(request, 'SessionKey') !== `K-${key}`) return refused('Invalid session key');
    effects.push(/&lt;PONumber&gt;(.*?)&lt;/.exec(request.body)?.[1] ?? '');
    return succeeded('<WebSalesOrder/>');
  };
  const vendor: OneKeyVendor = {
    served: await serve(async (request) => {
      await door.in(request);
      arrived.push(request);
      const reaction = react(request);
      door.out();
      return reaction;
    }),
    arrived,
    logins: () => vendor.served.requests.filter(isLogin).length,
    effects,
    loginElsewhere: () => void (key += 1),
  };
  return vendor;
}
