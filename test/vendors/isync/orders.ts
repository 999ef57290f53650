import type { CreditNote } from '../../../src/domain/credit-note/credit-note';
import type { WebSalesOrderRequest } from '../../../src/domain/web-order/web-sales-order';

/** The order of the document's sample (documents/isync.txt 3.3), and with it what the sample leaves out. */
export const sampleOrder: WebSalesOrderRequest = {
  poNumber: '1000124',
  trackNo: 'A1567516',
  status: 'approved',
  requiredDate: '2014-04-09T17:38:42',
  delivery: {
    fullName: 'John Doe',
    company: null,
    addressLine1: '10 Downing Street',
    addressLine2: 'Westminster',
    city: 'London',
    province: '-',
    postCode: '0007',
    country: 'England',
    email: 'john@doe.example',
    phone: '08358798897',
    mobile: '08358798897',
    altNumber: '08358798897',
  },
  comments: 'é & <b> "x"',
  specialInstructions: null,
  deliveryMethodId: null,
  paymentMethodId: '0',
  isGift: false,
  printInvoice: true,
  lines: [
    {
      cnTypeId: '0',
      thirdPartyBarcode: 'ABSCLS2110_00000000000621',
      units: '1.00',
      sellingPrice: '200',
      exRate: '1',
      discount: '0.00',
      status: 'approved',
      dueDate: null,
    },
    {
      cnTypeId: '4',
      thirdPartyBarcode: '',
      units: '2',
      sellingPrice: '0.10',
      exRate: '1.0000',
      discount: null,
      status: 'pending',
      dueDate: '2014-04-10',
    },
  ],
};

/** The credit note of the document's sample (documents/isync.txt 3.5), its second line a freight charge. */
export const sampleCreditNote: CreditNote = {
  poNumber: 'ON/21838',
  salesOrderId: '26552',
  trackNo: 'WEBCUSTOMER',
  comments: 'other',
  reference: 'ST002087231-7899',
  lines: [
    {
      cnTypeId: '0',
      thirdPartyBarcode: '123123123123',
      units: '1',
      sellingPrice: '29.95',
      exRate: '1',
      discount: '0.00',
      comment: null,
      reference: null,
    },
    {
      cnTypeId: '4',
      thirdPartyBarcode: '',
      units: '1',
      sellingPrice: '1.25',
      exRate: '1',
      discount: '0',
      comment: 'freight',
      reference: 'R1',
    },
  ],
};

/** The answer of the document's sample to GetWebSalesOrder (documents/isync.txt 3.4). */
export const sampleOrderAnswer = `<WebSalesOrder
xmlns="http://schemas.datacontract.org/2004/07/iSync.EAI.DTO"
xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
<Comments/>
<DeliveryDetail>
<AddressDetailID>28701</AddressDetailID>
<AddressLine1>10 Downing Street</AddressLine1>
<WarehouseID i:nil="true"/>
</DeliveryDetail>
<DeliveryMethodID>1</DeliveryMethodID>
<EntitlementID>0</EntitlementID>
<IsGift>true</IsGift>
<IsXStock>true</IsXStock>
<LineItems>
<WebSalesOrderDetail>
<CNTypeID>0</CNTypeID>
<Comment/>
<Commission>10.00</Commission>
<Discount>0.00</Discount>
<DueDate>2018-09-01T00:00:00</DueDate>
<ExRate>1.0000</ExRate>
<InvoiceDate i:nil="true"/>
<InvoiceNumber/>
<InvoiceReference/>
<InvoiceSubCustomer>false</InvoiceSubCustomer>
<InvoiceUnits>0.00</InvoiceUnits>
<ProductStockID>0</ProductStockID>
<Reference/>
<SODetailID>136141</SODetailID>
<SalesOrderID>33534</SalesOrderID>
<SellingPrice>16.36</SellingPrice>
<StatusID>11</StatusID>
<ThirdPartyBarcode>999999999999</ThirdPartyBarcode>
<Units>4.00</Units>
</WebSalesOrderDetail>
</LineItems>
<PONumber>081341987533</PONumber>
<PaymentMethodID>3</PaymentMethodID>
<PrintInvoice>true</PrintInvoice>
<RequiredDate>2018-09-01T00:00:00</RequiredDate>
<SalesOrderID>33534</SalesOrderID>
<SpecialInstructions/>
<StatusID>11</StatusID>
<TrackNo>TRACK</TrackNo>
<WebCustomerName>John Doe</WebCustomerName>
<WebSale>true</WebSale>
</WebSalesOrder>`;
