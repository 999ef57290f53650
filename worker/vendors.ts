import type { Client } from '@temporalio/client';
import { createClaritumActivities } from '../activities/claritum';
import { createManExActivities } from '../activities/manex';
import { createNorthScopeActivities } from '../activities/northscope';
import { claritumSource } from '../activities/feeds/claritum';
import { createFeedActivities, feedOf } from '../activities/feeds/feed';
import { northscopeSource } from '../activities/feeds/northscope';
import { Owners } from '../activities/feeds/owners';
import { createOrderActivities } from '../activities/orders';
import { createPlanningActivities } from '../activities/planning';
import { ReferenceCache } from '../activities/reference-cache';
import type { Config } from '../src/config';
import { DocumentStore } from '../src/documents/store';
import type { VendorName } from '../src/domain/case/names';
import type { Policy } from '../src/domain/case/policy';
import { ClaritumClient } from '../src/vendors/claritum/client';
import type { ClaritumConfig } from '../src/vendors/claritum/connection';
import { loadFieldMapping } from '../src/vendors/claritum/field-mapping-file';
import { ManExClient } from '../src/vendors/manex/client';
import { NorthScopeClient } from '../src/vendors/northscope/client';

const REFERENCE_LIFE_MS = 5 * 60_000;

/** The activities of one task queue. */
export type Activities = object;

/**
 * Everything a worker can do, by task queue. The `fulfilment` queue also has every vendor's activities, because local
 * activities run where their workflow runs.
 *
 * @param stopping aborted when the worker begins to stop: feeds end then, and the next worker looks
 */
export function createActivities(
  config: Config,
  policy: Policy,
  client: Client,
  stopping: AbortSignal,
): Record<VendorName | 'fulfilment', Activities> {
  const { claritum: claritumAccess, manex: manexAccess, northscope: northscopeAccess } = config.vendors;
  const claritumClient = new ClaritumClient(claritumConfig(claritumAccess));
  const northscopeClient = new NorthScopeClient(northscopeAccess);

  const documents = new DocumentStore(config.documents);
  const claritumFeed = feedOf(claritumSource(claritumClient, new Owners(client, policy), policy), documents, stopping);
  const northscopeFeed = feedOf(northscopeSource(northscopeClient, client, policy), documents, stopping);
  const feeds = createFeedActivities({ claritum: claritumFeed, northscope: northscopeFeed });
  const claritum = { ...createClaritumActivities(claritumClient, documents), ...feeds };
  const manex = createManExActivities(new ManExClient(manexAccess));
  const northscope = { ...createNorthScopeActivities(northscopeClient), ...feeds };
  const planning = createPlanningActivities(northscopeClient, policy, new ReferenceCache(REFERENCE_LIFE_MS));
  const orders = createOrderActivities(client);
  return { fulfilment: { ...orders, ...claritum, ...manex, ...northscope, ...planning }, claritum, manex, northscope };
}

/** @throws FieldMappingError */
const claritumConfig = ({ msp, wsdl, fields, ...supplier }: Config['vendors']['claritum']): ClaritumConfig => ({
  ...supplier,
  role: 'supplier',
  ...(msp === null ? {} : { msp }),
  ...(wsdl === null ? {} : { wsdlFile: wsdl }),
  ...(fields === null ? {} : { fields: loadFieldMapping(fields) }),
});
