import type { ManExAccess } from '../../config/manex';
import { ManExClient } from '../../vendors/manex/client';
import { tryCall, type Reached } from './calls';
import { checksOf, type Findings } from './finding';
import { namesAtManEx } from './manex-names';
import { examineNetwork } from './network';
import { withoutPolicy, type Surroundings } from './surroundings';

const { good } = checksOf('manex');
const reached: Reached = { system: 'manex', endpoint: 'MANEX_ENDPOINT', credentials: 'MANEX_API_KEY' };
/** Ten digits that no order of ours gets by itself: numbers come from order references, or from a hash of them. */
const NO_ORDER = '0000000000';

export async function* examineManEx(access: ManExAccess, { policy, options }: Surroundings): Findings {
  const met = await examineNetwork('manex', 'MANEX_ENDPOINT', access.endpoint);
  yield* met;
  if (met.some(({ state }) => state === 'bad')) return;
  const client = new ManExClient(access);
  const read = yield* tryCall(reached, 'SO/Get', () => client.soGet({ soNo: NO_ORDER }, options));
  if ('failure' in read) {
    yield read.failure;
    return;
  }
  yield good('credentials', 'the key is accepted: SO/Get answers');
  if (policy === undefined) yield withoutPolicy('manex');
  else yield* namesAtManEx(policy);
}
