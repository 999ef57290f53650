import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFAULT_DOCUMENTS, vendorPrefixes, type Environment } from '../../config';
import type { Policy } from '../../domain/case/policy';
import { loadPolicy, PolicyError } from '../../policy/load';
import type { CallOptions } from '../../transport/http/call';
import { realVendors, simulatedVendors, workerEnvironment } from '../../local/sandbox-environment';
import { runningUp } from '../../local/up-lock';
import { isTemporalNamed } from '../temporal-client';
import { checksOf, type Finding, type System } from './finding';

/** Where the policy stands unless WAYBILL_POLICY says otherwise. */
const DEFAULT_POLICY = 'waybill.policy.json';

/** The policy whose names are looked up, and the file that it stands in. */
export interface PolicyThere {
  readonly path: string;
  readonly policy: Policy;
}

/** What the examination of a vendor is given beside the access to it. */
export interface Surroundings {
  /** Undefined where there is none that can be used, of which the configuration tells. */
  readonly policy: PolicyThere | undefined;
  /** What each call is granted. */
  readonly options: CallOptions;
}

/** All that is looked at on this machine. */
export interface LookedAt {
  /** As the worker has it: the sandbox of an `npm start` that runs here stands in it for what is not named. */
  readonly environment: Environment;
  /** The vendors that are that sandbox. */
  readonly simulated: readonly string[];
  readonly policyPath: string;
  /** Whether there is anything that can be wrong: a policy, a vendor that is named, or a Temporal. */
  readonly isSetUp: boolean;
  readonly policy: PolicyThere | undefined;
  /** Where the Temporal of that `npm start` is. */
  readonly temporalOfUp: string | undefined;
}

/** @param prefix how the variables of a vendor begin */
export const isMentioned = (prefix: string, environment: Environment): boolean =>
  Object.entries(environment).some(([name, value]) => name.startsWith(prefix) && value !== undefined && value !== '');

/**
 * What stands here, and what runs here: what is looked at is what the worker uses.
 *
 * @param running what the `npm start` of this directory says of itself
 */
export function lookedAt(own: Environment, running = runningUp()): LookedAt {
  const named = own['WAYBILL_POLICY'] ?? '';
  const hasPolicy = named !== '' || existsSync(DEFAULT_POLICY);
  const isSetUp =
    hasPolicy || isTemporalNamed(own) || Object.values(vendorPrefixes).some((prefix) => isMentioned(prefix, own));
  const { sandbox, address, policy: policyOfUp } = running ?? {};
  const policyPath = hasPolicy || policyOfUp === undefined ? named || DEFAULT_POLICY : policyOfUp;
  const isUp = sandbox !== undefined && address !== undefined;
  const environment = isUp
    ? workerEnvironment({
        environment: own,
        temporalAddress: address,
        sandboxOrigin: sandbox,
        real: realVendors(own),
        policy: resolve(policyPath),
        documents: own['WAYBILL_DOCUMENTS'] || resolve(DEFAULT_DOCUMENTS),
      })
    : own;
  return {
    environment,
    policyPath,
    simulated: isUp ? simulatedVendors(own) : [],
    isSetUp,
    policy: policyThere(policyPath),
    temporalOfUp: address,
  };
}

function policyThere(path: string): PolicyThere | undefined {
  try {
    return { path, policy: loadPolicy(path) };
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

/** That the names of the policy were not looked up at a vendor, for there is no policy. */
export const withoutPolicy = (system: System): Finding =>
  checksOf(system).unchecked(
    'policy',
    'its names were not checked: no policy can be loaded',
    'see `waybill doctor configuration`',
  );
