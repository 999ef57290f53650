import type { Decision } from '../../src/domain/case/decision';
import type { SandboxLedger } from './auditor/evidence';
import { envelope } from '../sandbox/claritum-caller';
import { callOf, factOf } from './facts';
import { tellsOf } from './screens';

/**
 * What an operator does in a vendor's own screens before saying `done by hand`; here by a hand-written request to the
 * same vendor, with nothing of the product's clients.
 */
export async function doByHand(origin: string, asked: Decision, ledger: SandboxLedger): Promise<void> {
  const fact = (name: string): string => factOf(asked, name);
  const call = callOf(asked);
  // What stands there already is done.
  if (tellsOf(asked, ledger) === true) return;
  if (call === 'Claritum markExported') {
    await claritum(origin, 'markExported', `<uids><item>${fact('uid')}</item></uids>`);
  } else if (call === 'Claritum setGoodsReceipts') {
    const members = { orderRef: fact('orderRef'), receiptRef: fact('receiptRef'), quantity: fact('quantity') };
    const inner = Object.entries({ ...members, receivedDate: new Date().toISOString() })
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join('');
    await claritum(origin, 'setGoodsReceipts', `<goodsReceipts><item>${inner}</item></goodsReceipts>`);
  } else if (call === 'ManEx SO/ItemEdit' && fact('status') === 'Closed') {
    const order = ledger.manex.salesOrders.find(({ SONO }) => SONO === fact('SoNo'));
    await manex(origin, 'ItemEdit', {
      SONO: fact('SoNo'),
      UNIQUELN: order?.SODETAILList[0]?.UNIQUELN ?? '',
      status: 'Closed',
    });
  } else if (asked.topic !== 'failed-compensation') {
    // What could not be undone stays as it is and is listed; anything else must say what is to be done.
    throw new Error(`nobody can do this by hand from what it says: ${asked.question}`);
  }
}

async function claritum(origin: string, operation: string, inner: string): Promise<void> {
  const url = `${origin}/system/ws/1.3/soap.php`;
  const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${url}#${operation}"` };
  const answer = await (await fetch(url, { method: 'POST', headers, body: envelope(operation, inner) })).text();
  if (!answer.includes(`${operation}Response`)) throw new Error(`${operation} by hand: ${answer.slice(0, 300)}`);
}

async function manex(origin: string, operation: string, parameters: object): Promise<void> {
  const response = await fetch(`${origin}/api/SO/${operation}/1234567890`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
  });
  const answer = await response.text();
  if (!/successfully/.test(answer)) throw new Error(`${operation} by hand: ${answer.slice(0, 300)}`);
}
