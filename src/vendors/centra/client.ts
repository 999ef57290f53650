import type { CallOptions } from '../../transport/http/call';
import { readEvents, type Accepted, type EventPage, type EventType } from './answer';
import { Connection, unsendableError, type CentraConfig } from './connection';
import type * as master from './master-data-requests';
import type { WriteOperation } from './operations';
import type { OrderCancellation, OrderUpdate } from './order-requests';
import type { ProductUpdate } from './product-requests';
import { cancellationRequest, requests } from './requests';

type List<Name extends string, Entry> = { readonly [name in Name]: readonly Entry[] };

/**
 * Centra's SOAP API, one method per operation (docs/vendors/centra.md). Every method makes one call and throws
 * VendorError and nothing else. Updates change the members they are given and create what they do not know; without
 * records nothing is sent. All may be repeated but {@link CentraClient.ordersCancel}.
 */
export class CentraClient {
  readonly #connection: Connection;
  readonly #markets: readonly string[];

  /** @throws RangeError for credentials that XML cannot carry */
  constructor(config: CentraConfig) {
    this.#connection = new Connection(config);
    this.#markets = config.markets ?? [];
  }

  /** The oldest events that are not done, at most a hundred, by id. Reading does not take them off the queue. */
  async eventsGet({ type = 'all' }: { readonly type?: EventType } = {}, options: CallOptions = {}): Promise<EventPage> {
    return readEvents(await this.#connection.read('events_Get', { type }, options));
  }

  /** The same of the configured markets only. @throws VendorError UNSENDABLE where none is configured */
  async eventsGetByMarkets(
    { type = 'all' }: { readonly type?: EventType } = {},
    options: CallOptions = {},
  ): Promise<EventPage> {
    const markets = { market: this.#markets.map((id) => ({ id })) };
    if (markets.market.length === 0) {
      throw unsendableError('events_GetByMarkets', 'no market is configured');
    }
    return readEvents(await this.#connection.read('events_GetByMarkets', { type, markets }, options));
  }

  /**
   * Takes events off the queue, for good: only a new change raises a new one. Call it once they are stored, and for all
   * of them, those of unknown types included: a hundred that are not done hide all others.
   */
  async eventsDone({ ids }: { readonly ids: readonly string[] }, options: CallOptions = {}): Promise<Accepted> {
    return this.#update('events_Done', { event: ids }, options);
  }

  /** Changes orders: lock, status, shipments with ids of our own, capture, refunds with ids of our own. */
  async ordersUpdate({ orders }: List<'orders', OrderUpdate>, options: CallOptions = {}): Promise<Accepted> {
    return this.#update('orders_Update', { orders }, options);
  }

  /**
   * Cancels units of an order's lines, by `orders_Update`. Not safe to repeat: it cancels as many again. After a lost
   * answer the order's next event tells what is cancelled. Cannot be undone.
   */
  async ordersCancel({ order }: { readonly order: OrderCancellation }, options: CallOptions = {}): Promise<Accepted> {
    return this.#connection.write('orders_Update', cancellationRequest, { orders: [order] }, options, true);
  }

  /** Changes products, their stock included; a size table that exists stays as it is. */
  async productsUpdate({ products }: List<'products', ProductUpdate>, options: CallOptions = {}): Promise<Accepted> {
    return this.#update('products_Update', { products }, options);
  }

  async customersUpdate(
    { customers }: List<'customers', master.CustomerUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('customers_Update', { customers }, options);
  }

  async accountsUpdate(
    { accounts }: List<'accounts', master.AccountUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('accounts_Update', { accounts }, options);
  }

  async deliverywindowsUpdate(
    { deliverywindows }: List<'deliverywindows', master.DeliveryWindowUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('deliverywindows_Update', { deliverywindows }, options);
  }

  async invoicesUpdate(
    { invoices }: List<'invoices', master.InvoiceUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('invoices_Update', { invoices }, options);
  }

  async marketsUpdate({ markets }: List<'markets', master.MarketUpdate>, options: CallOptions = {}): Promise<Accepted> {
    return this.#update('markets_Update', { markets }, options);
  }

  async paymenttermsUpdate(
    { paymentterms }: List<'paymentterms', master.TermsUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('paymentterms_Update', { paymentterms }, options);
  }

  async pricealterationdatesUpdate(
    { pricealterationdates }: List<'pricealterationdates', master.PriceAlterationDateUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('pricealterationdates_Update', { pricealterationdates }, options);
  }

  async pricelistsUpdate(
    { pricelists }: List<'pricelists', master.PriceListUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('pricelists_Update', { pricelists }, options);
  }

  async salesrepsUpdate(
    { salesreps }: List<'salesreps', master.SalesRepUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('salesreps_Update', { salesreps }, options);
  }

  async shippingtermsUpdate(
    { shippingterms }: List<'shippingterms', master.TermsUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('shippingterms_Update', { shippingterms }, options);
  }

  /** Adds sizes to size tables; a table that exists cannot be changed. */
  async sizesUpdate({ sizes }: List<'sizes', master.SizeUpdate>, options: CallOptions = {}): Promise<Accepted> {
    return this.#update('sizes_Update', { sizes }, options);
  }

  async warehousesUpdate(
    { warehouses }: List<'warehouses', master.WarehouseUpdate>,
    options: CallOptions = {},
  ): Promise<Accepted> {
    return this.#update('warehouses_Update', { warehouses }, options);
  }

  /** @param request the one list of the operation */
  async #update(
    operation: WriteOperation,
    request: { readonly [list: string]: readonly unknown[] },
    options: CallOptions,
  ): Promise<Accepted> {
    if (Object.values(request).every((list) => list.length === 0)) return { notices: [] };
    return this.#connection.write(operation, requests[operation], request, options);
  }
}
