import type { ISyncAccess } from '../../config/isync';
import { ISyncClient } from '../../vendors/isync/client';
import { operations } from '../../vendors/isync/operations';
import { wsdlFile } from '../../vendors/isync/connection';
import { tryCall, type Reached } from './calls';
import { checksOf, type Findings } from './finding';
import { examineNetwork } from './network';
import type { Surroundings } from './surroundings';
import { useOfPackaged, examineWsdl } from './wsdl';

const { good, notice } = checksOf('isync');

const reached: Reached = {
  system: 'isync',
  endpoint: 'ISYNC_ENDPOINT',
  credentials: 'ISYNC_USERNAME and ISYNC_PASSWORD',
};

/** @param mayLogIn a login voids the key that a running worker uses, which then logs in again by itself */
export async function* examineISync(access: ISyncAccess, { options }: Surroundings, mayLogIn: boolean): Findings {
  const met = await examineNetwork('isync', 'ISYNC_ENDPOINT', access.endpoint);
  yield* met;
  if (met.some(({ state }) => state === 'bad')) return;
  yield* examineWsdl({
    system: 'isync',
    endpoint: access.endpoint,
    use: useOfPackaged(wsdlFile),
    remedy: () => 'ask the vendor: this Sync API has another version',
  });
  const client = new ISyncClient(access);
  const listed = yield* tryCall(reached, 'operations', () => client.getAvailableOperations(options));
  if ('failure' in listed) {
    yield listed.isOver ? listed.failure : { ...listed.failure, state: 'notice' };
    if (listed.isOver) return;
  } else {
    const missing = Object.keys(operations).filter((name) => !listed.answer.includes(name));
    yield missing.length === 0
      ? good('operations', `${listed.answer.length} are available, including all that Waybill uses`)
      : notice('operations', `not available: ${missing.join(', ')}`, 'ask the vendor to give this user access');
  }
  if (!mayLogIn) {
    yield notice('credentials', 'not tried: --no-login');
    return;
  }
  yield notice('login', 'logging in now: this ends the session in use, and a running worker logs in again by itself');
  const read = yield* tryCall(reached, 'Login', () => client.login(options));
  if ('failure' in read) yield read.failure;
  else yield good('credentials', 'are accepted');
}
