import { ManExSandbox } from '../../src/sandbox/manex/sandbox';
import type { ManExOptions } from '../../src/sandbox/manex/options';
import type { PreparedCall, VendorRequest } from '../../src/sandbox/vendor';

const aRequest = (given: Partial<VendorRequest> = {}): VendorRequest => ({
  method: 'POST',
  path: '/api/SO/Get/1234567890',
  query: '',
  headers: {},
  body: '',
  origin: 'http://localhost',
  ...given,
});

export interface Envelope {
  readonly $id: string;
  readonly Code?: number;
  readonly Message: string;
  readonly SessionId: string | null;
  readonly IsValidUser: boolean;
  readonly ResponseObject: Readonly<Record<string, unknown>> | null;
}

/** ManEx, called as the front calls it: prepare, then commit. 5 January 2026 is a Monday. */
export class ManExCaller {
  readonly sandbox: ManExSandbox;

  constructor(options: Partial<ManExOptions> = {}) {
    this.sandbox = new ManExSandbox({ now: () => new Date('2026-01-05T09:00:00Z'), ...options });
  }

  prepare(action: string, body: unknown): PreparedCall {
    const prepared = this.sandbox.prepare(
      aRequest({
        path: `/api/SO/${action}/1234567890`,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
    if ('answer' in prepared) throw new Error(`no call: ${prepared.answer.body}`);
    return prepared;
  }

  /** The envelope of a call with a JSON body. */
  send(action: string, body: unknown): Envelope {
    return JSON.parse(this.prepare(action, body).commit().answer.body);
  }

  /** The message of a call, which is all that tells success from failure. */
  message(action: string, body: unknown): string {
    return this.send(action, body).Message;
  }

  /** What is answered without a call being made. */
  answered(request: Partial<VendorRequest>): { status: number; body: Envelope } {
    const prepared = this.sandbox.prepare(aRequest(request));
    const answer = 'answer' in prepared ? prepared.answer : prepared.commit().answer;
    return { status: answer.status, body: JSON.parse(answer.body) };
  }

  lines(soNo: string): readonly Readonly<Record<string, unknown>>[] {
    const list: unknown = this.send('Get', { SoNo: soNo }).ResponseObject?.['SODETAILList'];
    if (!Array.isArray(list)) throw new Error(`no lines: ${soNo}`);
    return list;
  }

  /** An order with one line of 20; its UNIQUELN. */
  orderWithLine(soNo: string): string {
    this.send('Add', { SoNo: soNo, custNo: '0000000008', PoNo: 'PO-1' });
    this.send('ItemADD', { SoNo: soNo, part_num: 'BRO-A4-16', uOfMeas: 'EACH', soDet_Desc: 'Brochure', ord_qty: '20' });
    return String(this.lines(soNo)[0]?.['UNIQUELN']);
  }
}
