import { serve, type Served } from '../vendors/served';

/** A purchase order as Claritum's list has it. */
export interface ListedOrder {
  readonly uid: string;
  readonly orderRef: string;
  readonly poNumber: string;
  readonly customerName: string;
  readonly quantity: string;
}

const NS = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';

const item = ({ uid, orderRef, poNumber, customerName, quantity }: ListedOrder): string => {
  const net = (Number(quantity) * 0.85).toFixed(2);
  return (
    `<item><uid>${uid}</uid><orderRef>${orderRef}</orderRef><poNumber>${poNumber}</poNumber>` +
    `<projectTitle>Brochure A4</projectTitle><customerName>${customerName}</customerName><status>authorised</status>` +
    `<deliveryDate>2099-01-26T12:00:00Z</deliveryDate><productCode>BRO-A4-16</productCode>` +
    `<quantity>${quantity}</quantity><unitPrice>0.85</unitPrice><unitOfMeasure>single units</unitOfMeasure>` +
    `<currency>GBP</currency><net>${net}</net><tax>0.00</tax><gross>${net}</gross>` +
    `<lastModified>2026-11-28T09:00:00Z</lastModified><deliveries><item><deliveryRef>${orderRef}-1</deliveryRef>` +
    `<sequence>1</sequence><address><company>${customerName}</company><street>4 Quay Street</street>` +
    `<city>Leith</city><postCode>EH6 6AA</postCode><country>GB</country></address><quantity>${quantity}</quantity>` +
    `<requiredDate>2099-01-26T12:00:00Z</requiredDate></item></deliveries><attachments/></item>`
  );
};

/** A Claritum that lists these orders until they are marked: orders which the sandbox's seed does not make. */
export function serveClaritum(orders: readonly ListedOrder[]): Promise<Served> {
  const marked = new Set<string>();
  return serve(({ body }) => {
    const [, operation = ''] = /<(?:\w+:)?((?:get|mark|set)\w+)/.exec(body) ?? [];
    if (operation === 'markExported') {
      for (const { uid } of orders) if (body.includes(`>${uid}<`)) marked.add(uid);
    }
    const listed = operation === 'getPurchaseOrders' ? orders.filter(({ uid }) => !marked.has(uid)).map(item) : [];
    const content = operation === 'markExported' ? 'true' : listed.join('');
    return {
      status: 200,
      headers: { 'content-type': 'text/xml; charset=utf-8' },
      body:
        `<E:Envelope xmlns:E="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="${NS}"><E:Body>` +
        `<n:${operation}Response><return>${content}</return></n:${operation}Response></E:Body></E:Envelope>`,
    };
  });
}
