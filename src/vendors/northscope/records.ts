import type { CustomerAddress, Site } from '../../domain/stock/inventory';

/** A site with all that ListSites tells of it. */
export interface SiteRecord extends Site {
  readonly dataEntityCompanySk: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string | null;
  readonly phone1: string | null;
  readonly fax: string | null;
}

/** A ship-to address with all that ListCustomerAddresses tells of it. */
export interface CustomerAddressRecord extends CustomerAddress {
  readonly customerSk: string | null;
  readonly addressLine1: string | null;
  readonly addressLine2: string | null;
  readonly state: string | null;
  /** AddressTypeEN: 3 and 4 are seen, and explained nowhere. */
  readonly addressType: string | null;
  readonly companyId: string | null;
}
