import { serve, type Served } from '../vendors/served';

/** A purchase order as Claritum's list has it. */
export interface ListedOrder {
  readonly uid: string;
  readonly orderRef: string;
  readonly poNumber: string;
  readonly customerName: string;
  readonly quantity: string;
  /** How the quantity is divided among deliveries. @default one delivery */
  readonly shares?: readonly string[];
}

const NS = 'https://yourserver.claritum.com/system/ws/1.3/soap.php';

const elements = (members: Readonly<Record<string, string>>): string =>
  Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

const DUE = '2099-01-26T12:00:00Z';

const item = ({ shares, ...order }: ListedOrder): string => {
  const net = (Number(order.quantity) * 0.85).toFixed(2);
  const deliveries = (shares ?? [order.quantity]).map((quantity, index) =>
    elements({
      deliveryRef: `${order.orderRef}-${index + 1}`,
      sequence: String(index + 1),
      address: elements({ company: order.customerName, city: 'Leith', postCode: 'EH6 6AA', country: 'GB' }),
      quantity,
      requiredDate: DUE,
    }),
  );
  return `<item>${elements({
    ...order,
    ...{ projectTitle: 'Brochure A4', status: 'authorised', deliveryDate: DUE, productCode: 'BRO-A4-16' },
    ...{ unitPrice: '0.85', unitOfMeasure: 'single units', currency: 'GBP', net, tax: '0.00', gross: net },
    lastModified: '2026-11-28T09:00:00Z',
    deliveries: deliveries.map((delivery) => `<item>${delivery}</item>`).join(''),
    attachments: '',
  })}</item>`;
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
