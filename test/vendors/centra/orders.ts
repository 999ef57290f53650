/** Orders as the vendor's own samples write them, without its prefixes; empty elements as it leaves them. */

const product = (
  { id, sku, price, description, variation, size }: Readonly<Record<string, string>>,
  sizes: string,
): string =>
  `<product><id>${id}</id><tax>25.000</tax><sku>${sku}</sku><origprice>${price}</origprice><price>${price}</price>` +
  `<discount>0</discount><qty>1</qty><subtotal>1000</subtotal><description>${description}</description>` +
  `<variation><id>${variation}</id><description>${size}</description></variation>` +
  `<brand><id>Example</id><description>Example Brand</description></brand><sizes>${sizes}</sizes><comment/></product>`;

const size = (id: string, sku: string, quantity: string, description: string, orderItem: string): string =>
  `<size><id>${id}</id><sku>${sku}</sku><qty>${quantity}</qty><preorder>no</preorder><description>${description}</description>` +
  (orderItem === '' ? '' : `<orderitem><id>${orderItem}</id></orderitem>`) +
  '<warehouseitems><warehouse><id>Main</id><qty>1</qty></warehouse></warehouseitems><supplierorderitems/></size>';

const person =
  '<firstname>Example</firstname><lastname>Person</lastname><address1>Teststreet 123</address1><address2/>' +
  '<city>Testcity</city><state/><zipcode>01234</zipcode><country>SE</country><email>someone@example.com</email>' +
  '<telephone>0123456789</telephone>';

const chair = { id: 'PWC', sku: '', description: 'Plain wood chair', variation: 'PWC', size: 'Plain' };
const sweater = { id: 'T001', sku: 'TURTLE001', description: 'Turtleneck sweater', variation: 'T001_RED', size: 'Red' };

const shipment =
  '<shipments><shipment><id>8</id><paid>no</paid><shipped>no</shipped><goodtogo>yes</goodtogo><appendix>1</appendix>' +
  '<shipmenttotal>1135.00</shipmenttotal><paidtotal>0.00</paidtotal><created>2019-03-27T12:52:20+01:00</created>' +
  '<carrierinformation><carrier/><service/><tracking/><packages>0</packages></carrierinformation>' +
  `<products>${product({ ...chair, price: '1000.00' }, size('OS', '', '1', '', '80'))}</products>` +
  '<refunds/><shipping><subtotal>12</subtotal></shipping></shipment></shipments>';

/** What may differ from the sample; elements are given whole. */
interface Change {
  readonly id?: string;
  readonly type?: string;
  readonly store?: string;
  readonly status?: string;
  readonly currency?: string;
  readonly quantity?: string;
  readonly orderItem?: string;
  readonly price?: string;
  readonly shipments?: string;
  readonly more?: string;
}

/** The retail order of the vendor's cookbook. */
export const order = (change: Change = {}): string => {
  const {
    id = '<id>30</id>',
    type = '<type>retail</type>',
    store = '<store>1</store>',
    status = '<status>processing</status>',
    currency = '<currency>EUR</currency>',
    quantity = '1',
    orderItem = '80',
    price = '1000.00',
    shipments = shipment,
    more = '<cancelled/>',
  } = change;
  return (
    `<order>${id}${type}${store}${status}${currency}<currencyrate>10.43100</currencyrate>` +
    '<basecurrency>SEK</basecurrency><created>2019-03-27T12:52:20+01:00</created><internal>false</internal>' +
    '<preferred_shipping_date/><collection><id>XMAS</id></collection>' +
    '<primary_warehouse><warehouse><id>CW</id></warehouse></primary_warehouse>' +
    '<shipping><subtotal>12</subtotal><description>Sweden</description><key>eur</key></shipping>' +
    '<payments><name>dibs-window</name><type>cc</type><total>0</total><status>incomplete</status><method>test</method>' +
    '<payment><type>auth</type><value>1135</value><created>2019-03-27T12:52:20+01:00</created>' +
    '<transaction>2404544843</transaction></payment></payments>' +
    `<products>${product({ ...chair, price }, size('OS', '', quantity, '', orderItem))}` +
    `${product({ ...sweater, price: '123.00' }, size('S', '01', '1', 'Small', '81'))}</products>${more}${shipments}` +
    '<carrierinformation><carrier/><service/><account/><taxid/></carrierinformation><customer><id>20</id></customer>' +
    `<shippingaddress>${person}</shippingaddress><billingaddress>${person}</billingaddress><internalinformation/><other/>` +
    '<market><id>Retail-Sweden</id><description>Sweden</description></market>' +
    '<pricelist><id>EUR-Retail</id><description>Euro</description></pricelist></order>'
  );
};

/** The wholesale order of the vendor's cookbook, shortened: no shipment, no payment, no sales representative. */
export const wholesaleOrder =
  '<order><id>25</id><type>wholesale</type><store>2</store><status>pending</status><currency>USD</currency>' +
  '<currencyrate>9.18707</currencyrate><basecurrency>SEK</basecurrency><internal>false</internal>' +
  '<buyer><id>12345_buyer1</id><firstname>Frist</firstname><lastname>Last</lastname></buyer><salesrep/>' +
  '<account><id>12345</id></account><paymentterms><id>30NET</id><description>30 Days</description></paymentterms>' +
  '<shipping><subtotal>123</subtotal><description>France</description><key/></shipping>' +
  '<payments><type>inv</type><total>0</total><status>incomplete</status><method/></payments>' +
  `<products>${product({ ...sweater, price: '45.00' }, size('M', '02', '3', 'Medium', '70') + size('L', '03', '4', 'Large', '71'))}</products>` +
  '<cancelled/><shipments/><shippingaddress><company>Example Warehouse</company><attn>Person name</attn>' +
  '<address1>Street 1</address1><city>City</city><country>FR</country><fax/></shippingaddress><billingaddress/>' +
  '<other>The buyer can leave a message or special instructions here.</other><ponumber>Example1</ponumber></order>';
