import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { readEnvironment, temporalEnvironment, tlsFault, type Environment } from '../config';
import { purchaseOrderWorkflowId } from '../domain/case/names';
import { dataConverter } from '../payloads/data-converter';
import { CliError, exitCodes } from '../terminal/cli-error';
import { accepts } from '../local/ports';
import { toCliError } from './temporal-errors';
import { say } from '../terminal/output';

const CONNECT_MS = 5_000;
/** How long a call may take before a person is told: an update or a query needs a worker to answer. */
const CALL_MS = 20_000;

/** Thrown where nothing answers at all; what answers, and is not understood or says no, is a CliError that tells so. */
export class NotReachable extends CliError {}

/** Temporal as its own variables and configuration file name it. */
function loadTemporalConfig(environment: Environment = readEnvironment()): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: temporalEnvironment(environment) });
  } catch (error) {
    throw new CliError(
      say`The Temporal configuration (TEMPORAL_* variables, TEMPORAL_CONFIG_FILE) cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      exitCodes.wrongUse,
    );
  }
}

/** Whether somebody has said where Temporal is; variables or a file that cannot be read say that there is one. */
export function isTemporalNamed(environment: Environment): boolean {
  try {
    return loadTemporalConfig(environment).connectionOptions.address !== undefined;
  } catch (error) {
    if (error instanceof CliError) return true;
    throw error;
  }
}

/** Connects, works, closes. @throws CliError for whatever Temporal says no to. */
export async function withClient<T>(work: (client: Client) => Promise<T>, callMs: number = CALL_MS): Promise<T> {
  const { connectionOptions, namespace } = loadTemporalConfig();
  const address = connectionOptions.address ?? '127.0.0.1:7233';
  const unreachable = new NotReachable(
    say`Temporal cannot be reached at ${address}. Start it with \`npm start\`, or set TEMPORAL_ADDRESS.`,
  );
  if (await isRefused(address)) throw unreachable;
  let connection: Connection;
  try {
    connection = await Connection.connect({ ...connectionOptions, address, connectTimeout: CONNECT_MS });
  } catch {
    // gRPC itself only says that its deadline passed.
    const fault = await tlsFault({ address, tls: connectionOptions.tls });
    throw fault === undefined ? unreachable : new CliError(say`${fault}.`);
  }
  const client = new Client({ connection, dataConverter, ...(namespace === undefined ? {} : { namespace }) });
  try {
    return await client.withDeadline(Date.now() + callMs, () => work(client));
  } catch (error) {
    throw toCliError(error);
  } finally {
    await connection.close();
  }
}

/** On this machine a refusal is certain at once; gRPC would try again until its deadline. */
async function isRefused(address: string): Promise<boolean> {
  const [, host, port] = /^(localhost|127\.0\.0\.1):(\d+)$/.exec(address) ?? [];
  return host !== undefined && !(await accepts(Number(port), host));
}

/** An order reference, or a workflow id as it stands (those have a colon, order references have none). */
export const workflowIdOf = (order: string): string => (order.includes(':') ? order : purchaseOrderWorkflowId(order));
