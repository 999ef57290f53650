import { resolve } from 'node:path';
import type { Environment } from '../../src/config';
import { examine } from '../../src/cli/doctor/doctor';
import type { Finding, System } from '../../src/cli/doctor/finding';

/** What leads every vendor to a sandbox; all but the endpoints is documented, and secret to nobody. */
export const sandboxEnvironment = (origin: string): Record<string, string> => ({
  WAYBILL_POLICY: resolve(__dirname, '../../waybill.policy.example.json'),
  CLARITUM_ENDPOINT: `${origin}/system/ws/1.3/soap.php`,
  CLARITUM_API_UID: 'SUP-1001',
  CLARITUM_PASSWORD: 'supplier-secret',
  CLARITUM_MSP_API_UID: 'MSP-2001',
  CLARITUM_MSP_PASSWORD: 'msp-secret',
  MANEX_ENDPOINT: origin,
  MANEX_API_KEY: '1234567890',
  NORTHSCOPE_ENDPOINT: `${origin}/services/ActionCommand.svc/APIExecute`,
  NORTHSCOPE_LOGIN: 'TestAPIUser@NorthScope.example.com',
  NORTHSCOPE_PASSWORD: 'StrongPassword',
  NORTHSCOPE_COMPANY_SK: '1',
  CENTRA_ENDPOINT: `${origin}/ams/system/service/module/soap/api`,
  CENTRA_USERNAME: 'centra',
  CENTRA_PASSWORD: 'centra-secret',
  ISYNC_ENDPOINT: `${origin}/SyncAPI/MessageService.svc`,
  ISYNC_USERNAME: 'webstore',
  ISYNC_PASSWORD: 'A05E63A',
});

/** All findings of some systems. */
export async function examined(
  wanted: readonly System[],
  environment: Environment,
  mayLogIn = true,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of examine(wanted, mayLogIn, environment)) findings.push(finding);
  return findings;
}

/** What must be mended or known of some systems, as `state check: what; fix`. */
export const faults = (findings: readonly Finding[]): string[] =>
  findings
    .filter(({ state }) => state !== 'good')
    .map(({ state, check, says, fix }) => `${state} ${check}: ${says}${fix === null ? '' : `; ${fix}`}`);
