import type { CentraAccess } from '../../config/centra';
import { CentraClient } from '../../vendors/centra/client';
import { styleOf } from '../../vendors/centra/credentials';
import { tryCall, type Reached } from './calls';
import { checksOf, type Findings } from './finding';
import { examineNetwork } from './network';
import type { Surroundings } from './surroundings';
import { useOfPackaged, examineWsdl } from './wsdl';

const { good, notice } = checksOf('centra');
const reached: Reached = {
  system: 'centra',
  endpoint: 'CENTRA_ENDPOINT',
  credentials: 'CENTRA_USERNAME and CENTRA_PASSWORD',
};
/** The other updates are there for programs that use the client by themselves. */
const NEEDED: ReadonlySet<string> = new Set([
  'events_Get',
  'events_Done',
  'orders_Update',
  'products_Update',
  'customers_Update',
]);

export async function* examineCentra(access: CentraAccess, { options }: Surroundings): Findings {
  const met = await examineNetwork('centra', 'CENTRA_ENDPOINT', access.endpoint);
  yield* met;
  if (met.some(({ state }) => state === 'bad')) return;
  const { wsdlFile } = styleOf(access.endpoint);
  yield* examineWsdl({
    system: 'centra',
    endpoint: access.endpoint,
    use: useOfPackaged(wsdlFile, (operation) => NEEDED.has(operation)),
    remedy: () => 'ask the vendor about this version, or for another of its three endpoints (CENTRA_ENDPOINT)',
  });
  const client = new CentraClient(access);
  const page =
    access.markets.length === 0 ? () => client.eventsGet({}, options) : () => client.eventsGetByMarkets({}, options);
  const read = yield* tryCall(reached, 'events', page);
  if ('failure' in read) {
    yield read.failure;
    return;
  }
  yield good('credentials', 'are accepted');
  const { events, unreadable } = read.answer;
  const [first] = unreadable;
  yield first === undefined
    ? good('events', events.length === 0 ? 'none wait now' : `the oldest ${events.length} waiting are readable`)
    : notice(
        'events',
        `${unreadable.length} of ${events.length + unreadable.length} cannot be read; ${first.id ?? 'one without id'}: ${first.reason}`,
        'Waybill will set them aside; check them in Centra',
      );
}
