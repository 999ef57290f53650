import { isFields } from './fields';
import { FaultRefused, faultNames, readAim } from './fault-settings';
import type { SandboxFront } from './front';
import { storyNames } from './stories';
import type { StoryName } from './stories';
import type { SeedData, SeedReferences, VendorAnswer, VendorRequest, VendorSandbox } from './vendor';
import { performAction, worldActions } from './world';
import type { World } from './world';
import { WorldRefused } from './world-fields';

/** The whole shape from the first day, so that a program written against the ledger never meets a missing list. */
const emptyLedger = {
  claritum: {
    purchaseOrders: [],
    specifications: [],
    deliveries: [],
    stockOrders: [],
    purchaseInvoices: [],
    salesInvoices: [],
    goodsReceipts: [],
    customers: [],
    suppliers: [],
  },
  centra: { events: [], orders: [], products: [], customers: [], other: {} },
  isync: { stock: [], salesOrders: [], creditNotes: [] },
  northscope: { sites: [], items: [], uomSchedules: [], customerAddresses: [], lots: [], salesOrders: [], inbound: [] },
  manex: { salesOrders: [] },
} as const satisfies Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const endpoints = {
  'POST /_sandbox/reset': 'fresh data from {"orders":3,"seed":1,"stories":[]}; no faults, calls or sessions',
  'GET /_sandbox/ledger': 'what every vendor holds, and all calls',
  'GET /_sandbox/faults': 'the faults in force',
  'POST /_sandbox/faults': 'adds one fault or a list of them: {"vendor":"manex","operation":"SO/Add","fault":"drop"}',
  'DELETE /_sandbox/faults': 'takes all faults back, or those aimed like the body',
  'POST /_sandbox/world': 'what people do, one action: {"despatch":{"order":"…"}}',
  'GET /_sandbox/health': 'what went wrong in the sandbox itself',
} as const;

/** Larger worlds are not refused for principle but for memory: each order costs some kilobytes in every listing. */
const MOST_ORDERS = 100_000;

const defaults: SeedData = { orders: 3, seed: 1 };

class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

const json = (status: number, value: unknown): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(value),
});

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new BadRequest('the body is not JSON', { cause: error });
  }
}

function readStories(value: unknown): readonly StoryName[] {
  const isKnown = (name: unknown): name is StoryName => storyNames.some((known) => known === name);
  if (!Array.isArray(value) || !value.every(isKnown)) {
    throw new BadRequest(`stories must be a list of these: ${storyNames.join(' ')}`);
  }
  return value;
}

function readReset(body: string): { readonly data: SeedData; readonly stories: readonly StoryName[] } {
  const value = body.trim() === '' ? {} : parsed(body);
  if (!isFields(value)) throw new BadRequest('an object is expected');
  const { orders = defaults.orders, seed = defaults.seed, stories = [] } = value;
  if (!Number.isSafeInteger(orders) || !Number.isSafeInteger(seed)) {
    throw new BadRequest('orders and seed must be whole numbers');
  }
  const found = { orders: Number(orders), seed: Number(seed) };
  if (found.orders < 0 || found.orders > MOST_ORDERS) throw new BadRequest(`orders must be 0 to ${MOST_ORDERS}`);
  return { data: found, stories: readStories(stories) };
}

/**
 * `/_sandbox/*` (docs/sandbox.md#control): reset, ledger, faults, world and, added, health and an index of all these.
 */
export class SandboxControl {
  constructor(
    private readonly front: SandboxFront,
    private readonly vendors: readonly VendorSandbox[],
    private readonly world: World,
    private readonly play: (stories: readonly StoryName[]) => void = () => undefined,
  ) {}

  /** Fresh data in every vendor; clears faults, calls and sessions, and calls off what was still to take effect. */
  reset(seed: SeedData = defaults, stories: readonly StoryName[] = []): SeedReferences {
    this.front.reset();
    for (const vendor of this.vendors) vendor.reset(seed);
    const made = this.references();
    this.play(stories);
    this.front.begin();
    return made;
  }

  /** What there is now. */
  references(): SeedReferences {
    const none: SeedReferences = { purchaseOrders: [], stockOrders: [], webOrders: [], invoices: [] };
    return this.vendors.reduce((all, vendor) => ({ ...all, ...vendor.references?.() }), none);
  }

  handle(request: VendorRequest): VendorAnswer {
    // A web page a developer happens to look at may post to the loopback, and a fault can kill a process.
    const { origin } = request.headers;
    if (origin !== undefined && origin !== request.origin) return json(403, { error: 'not from another web page' });
    try {
      const answer = this.routed(request);
      if (request.method !== 'GET') this.front.keep();
      return answer;
    } catch (error) {
      if (error instanceof WorldRefused) return json(error.status, { error: error.message });
      if (error instanceof BadRequest || error instanceof FaultRefused) return json(400, { error: error.message });
      throw error;
    }
  }

  private routed({ method, path, body }: VendorRequest): VendorAnswer {
    switch (`${method} ${path}`) {
      case 'GET /_sandbox':
      case 'GET /_sandbox/':
        return json(200, this.index());
      case 'POST /_sandbox/reset':
        return json(200, this.resetAs(body));
      case 'GET /_sandbox/ledger':
        return json(200, this.ledger());
      case 'GET /_sandbox/faults':
        return json(200, this.front.faults.list());
      case 'POST /_sandbox/faults':
        return json(200, { ok: true, added: this.front.faults.add(parsed(body)) });
      case 'DELETE /_sandbox/faults':
        return json(200, this.lift(body));
      case 'POST /_sandbox/world':
        return json(200, { ok: true, ids: performAction(this.world, parsed(body)) });
      case 'GET /_sandbox/health':
        return json(200, { ok: this.front.defects.length === 0, defects: this.front.defects });
      default:
        return json(404, { error: `no ${method} ${path}` });
    }
  }

  private resetAs(body: string): SeedReferences {
    const { data, stories } = readReset(body);
    return this.reset(data, stories);
  }

  /** What there is, for who comes without a manual. */
  private index(): object {
    const vendors = this.vendors.map(({ vendor }) => vendor);
    return { vendors, endpoints, faults: faultNames, world: worldActions };
  }

  /** Without a body all faults end; with one, those aimed exactly like it. */
  private lift(body: string): object {
    if (body.trim() === '') {
      this.front.faults.clear();
      return { ok: true };
    }
    const aim = parsed(body);
    if (!isFields(aim)) throw new BadRequest('an object is expected');
    return { ok: true, lifted: this.front.faults.lift(readAim(aim)) };
  }

  private ledger(): Readonly<Record<string, unknown>> {
    const empty: Readonly<Record<string, object>> = emptyLedger;
    const parts = this.vendors.map((vendor) => [vendor.vendor, { ...empty[vendor.vendor], ...vendor.ledger() }]);
    return { ...emptyLedger, ...Object.fromEntries(parts), calls: this.front.calls.list() };
  }
}
