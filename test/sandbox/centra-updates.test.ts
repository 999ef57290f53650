import { CentraCaller, fields, list } from './centra-calls';

let centra: CentraCaller;
beforeEach(() => {
  centra = new CentraCaller();
});

const ok = { success: 'true', errors: [], notices: [] };
const product = (id: string, inner: string) => `<products><product><id>${id}</id>${inner}</product></products>`;
const stock = (variation: string, size: string, qty: string, warehouse = 'MAIN') =>
  `<variations><variation><id>${variation}</id><sizes><size><id>${size}</id><warehouseitems><warehouse>` +
  `<id>${warehouse}</id><qty>${qty}</qty></warehouse></warehouseitems></size></sizes></variation></variations>`;
const update = (inner: string) => centra.update('products_Update', inner);

describe('products_Update', () => {
  it('sets stock absolutely and leaves everything else', () => {
    const before = centra.record('products', 'P-0071');
    expect(update(product('P-0071', stock('V-0071', 'OS', '7')))).toEqual({ ...ok, effects: 1 });
    expect(centra.free('P-0071', 'OS')).toBe('7');
    expect(centra.record('products', 'P-0071')).toMatchObject({
      sku: '0071',
      description: 'Enamel mug',
      status: before['status'],
    });
    expect(update(product('P-0071', stock('V-0071', 'OS', '7')))).toEqual({ ...ok, effects: 0 });
    expect(update(product('P-0071', stock('V-0071', 'OS', 'many'))).errors).toEqual([
      "Product P-0071: qty 'many' is no number",
    ]);
    expect(update(product('P-0071', stock('V-0071', 'OS', ''))).errors).toEqual([
      "Product P-0071: qty '' is no number",
    ]);
  });

  it('makes a product of a mistyped one, and a warehouse of a new one', () => {
    expect(update(product('P-0072', stock('V-0072', 'OS', '7', 'NORTH')))).toEqual({ ...ok, effects: 2 });
    expect(centra.record('products', 'P-0072')).toMatchObject({ status: 'inactive' });
    expect(centra.other('warehouses')).toEqual([{ id: 'NORTH', description: 'NORTH' }]);
    expect(centra.events('warehouse')).toMatchObject([{ entry: 'NORTH' }]);
  });

  it('knows each variation in one product only, and keeps its sizetable', () => {
    expect(update(product('P-NEW', stock('V-0071', 'OS', '7'))).errors).toEqual([
      'Product P-NEW: variation V-0071 belongs to product P-0071',
    ]);
    const two = `<products>${['P-A', 'P-B'].map((id) => `<product><id>${id}</id><variations><variation><id>V</id></variation></variations></product>`).join('')}</products>`;
    expect(update(two).errors).toEqual(['Product P-B: variation V belongs to product P-A']);
    const other = '<variations><variation><id>V-0071</id><sizetable><id>SML</id></sizetable></variation></variations>';
    expect(update(product('P-0071', other)).errors).toEqual([
      'Product P-0071: the sizetable of variation V-0071 cannot be changed',
    ]);
  });

  it('adds and removes the categories of a store', () => {
    const display = (inner: string) =>
      `<variations><variation><id>V-0071</id><displays><display><store>1</store>${inner}</display></displays></variation></variations>`;
    const ref = (id: string) => `<category><id>${id}</id></category>`;
    update(product('P-0071', display(`<categories>${ref('a')}${ref('b')}</categories>`)));
    update(
      product(
        'P-0071',
        display(`<categories>${ref('c')}</categories><categoriesremove>${ref('a')}</categoriesremove>`),
      ),
    );
    const [variation] = list(centra.record('products', 'P-0071')['variations']);
    expect(variation?.['displays']).toEqual([{ store: '1', categories: [{ id: 'b' }, { id: 'c' }] }]);
  });
});

describe('customers_Update', () => {
  it('does not blank what is not sent; an unknown id is a new customer', () => {
    const send = (inner: string) =>
      centra.update('customers_Update', `<customers><customer>${inner}</customer></customers>`);
    expect(send('<id>20</id><firstname>Ellen</firstname>')).toEqual({ ...ok, effects: 1 });
    expect(centra.record('customers', '20')).toMatchObject({ firstname: 'Ellen', lastname: 'Sandberg' });
    expect(send('<id>20</id><lastname></lastname>')).toEqual({ ...ok, effects: 1 });
    expect(centra.record('customers', '20')).toMatchObject({ firstname: 'Ellen', lastname: '' });
    expect(send('<id>007</id><store>1</store><firstname> Åsa &amp; Co </firstname>')).toEqual({ ...ok, effects: 1 });
    expect(centra.record('customers', '007')).toEqual({ id: '007', store: '1', firstname: ' Åsa & Co ' });
    expect(send('<firstname>X</firstname>').errors).toEqual(['<id> missing in customers']);
    expect(centra.events('customer').map(({ entry }) => entry)).toEqual(['20', '20', '007']);
  });
});

describe('the other updates', () => {
  it.each([
    ['accounts', 'account', 'account', '<buyers><buyer><id>b1</id><firstname>A</firstname></buyer></buyers>'],
    ['deliverywindows', 'deliverywindow', undefined, '<atonce>true</atonce>'],
    ['invoices', 'invoice', 'invoice', '<items><invoiceitem><itemid>1</itemid><qty>2</qty></invoiceitem></items>'],
    ['markets', 'market', 'market', '<store>1</store>'],
    ['paymentterms', 'paymentterms', 'paymentterm', '<name>30 days</name>'],
    ['pricealterationdates', 'pricealterationdate', undefined, '<startdate>2026-11-30</startdate>'],
    ['pricelists', 'pricelist', 'pricelist', '<items><product><id>P</id><price>1</price></product></items>'],
    ['salesreps', 'salesrep', 'salesrep', '<email>a@example.com</email>'],
    ['shippingterms', 'shippingterms', 'shippingterm', '<name>DDU</name>'],
    ['warehouses', 'warehouse', 'warehouse', '<description>W</description>'],
  ])(
    '%s_Update stores by id, says so by event where there is one, and is safe to repeat',
    (name, item, type, inner) => {
      const send = (more: string) =>
        centra.update(`${name}_Update`, `<${name}><${item}><id>X1</id>${more}</${item}></${name}>`);
      expect(send(inner)).toEqual({ ...ok, effects: 1 });
      const [stored] = centra.other(name);
      expect(stored).toMatchObject({ id: 'X1' });
      expect(Object.keys(stored ?? {})).toHaveLength(2);
      expect(send('')).toEqual({ ...ok, effects: 0 });
      expect(centra.other(name)).toEqual([stored]);
      const events = centra.events().slice(3);
      expect(events.map((event) => [event['type'], event['entry']])).toEqual(type === undefined ? [] : [[type, 'X1']]);
      const shown = events.flatMap((event) => fields(event['data'])[String(type)]);
      expect(shown.map((record) => fields(record)['id'])).toEqual(type === undefined ? [] : ['X1']);
    },
  );

  it('salesreps_Update keeps every share of a masters’ list: how many there may be, Centra does not say', () => {
    const share = (id: string) => `<salesrep><id>${id}</id><percent>5</percent></salesrep>`;
    const inner = `<mastersalesrep>${share('7')}${share('8')}</mastersalesrep>`;
    const sent = `<salesreps><salesrep><id>X1</id>${inner}</salesrep></salesreps>`;
    expect(centra.update('salesreps_Update', sent)).toEqual({ ...ok, effects: 1 });
    expect(centra.other('salesreps')).toEqual([
      {
        id: 'X1',
        mastersalesrep: [
          { id: '7', percent: '5' },
          { id: '8', percent: '5' },
        ],
      },
    ]);
  });

  it('sizes_Update tells of each new size once, and keeps sizetables as they are', () => {
    const size = (id: string, description: string, table: string) =>
      `<size><id>${id}</id><description>${description}</description><sizetable><id>T</id><description>${table}</description></sizetable></size>`;
    const send = (...sizes: readonly string[]) => centra.update('sizes_Update', `<sizes>${sizes.join('')}</sizes>`);
    expect(send(size('S', 'Small', 'Small Large'), size('OS', '', 'One Size'))).toEqual({
      ...ok,
      notices: ['Added new size: S: Small to: Small Large!', 'Added new size: OS:  to: One Size!'],
      effects: 2,
    });
    expect(send(size('S', 'Small', 'Small Large'))).toEqual({ ...ok, effects: 0 });
    expect(send(size('S', 'Small', 'Other')).errors).toEqual(['Sizetable T cannot be changed']);
    expect(send('<size><id>S</id></size>').errors).toEqual(['Size S: sizetable needs an id']);
  });

  it('takes variations out of a delivery window by the list that says so', () => {
    const send = (inner: string) =>
      centra.update(
        'deliverywindows_Update',
        `<deliverywindows><deliverywindow><id>D</id>${inner}</deliverywindow></deliverywindows>`,
      );
    send('<variations><variation><id>a</id></variation><variation><id>b</id></variation></variations>');
    send('<variationsremove><variation><id>a</id></variation></variationsremove>');
    expect(centra.other('deliverywindows')).toEqual([{ id: 'D', variations: [{ id: 'b' }] }]);
  });
});
