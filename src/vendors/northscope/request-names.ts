/** NorthScope's requests by the headings of its document; an installation may call them otherwise. */
export const northScopeRequests = [
  'GenerateSessionToken',
  'AllocateSalesOrders',
  'InsertInboundIntegration',
  'ListUOMSchedules',
  'ListSites',
  'ListSalesOrders',
  'ListItems',
  'ListCustomerAddresses',
  'ListCompanies',
  'ListInventoryLots',
] as const;

export type NorthScopeRequest = (typeof northScopeRequests)[number];

/** What an installation calls its requests; one that is not named here goes by its heading. */
export type RequestNames = Readonly<Partial<Record<NorthScopeRequest, string>>>;

const headed = (text: string): NorthScopeRequest | undefined => northScopeRequests.find((heading) => heading === text);

/** An XML name without prefix would do for more; no vendor calls a request so. */
const isName = (text: string): boolean => /^[A-Za-z]\w{0,99}$/.test(text);

/**
 * Reads `ListUOMSchedules=NorthPacificUOMScheduleMaster,ListSites=TheirSites`; blanks around names do not count.
 *
 * @returns the names, or what is wrong with the text, in words that follow the name of its variable and repeat
 * nothing of it
 */
export function readRequestNames(text: string): { readonly names: RequestNames } | { readonly fault: string } {
  const names: Partial<Record<NorthScopeRequest, string>> = {};
  for (const pair of text.split(',').filter((part) => part.trim() !== '')) {
    const [heading = '', name = '', ...rest] = pair.split('=').map((part) => part.trim());
    const request = headed(heading);
    if (rest.length > 0 || !isName(name))
      return { fault: 'is not written like ListUOMSchedules=TheirName,ListSites=…' };
    if (request === undefined) return { fault: `renames none of ${northScopeRequests.join(', ')}` };
    if (names[request] !== undefined) return { fault: `renames ${request} twice` };
    names[request] = name;
  }
  const inUse = northScopeRequests.map((request) => names[request] ?? request);
  if (new Set(inUse).size < inUse.length) return { fault: 'has one name for two requests' };
  return { names };
}
