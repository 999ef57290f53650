import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { temporalEnvironment, tlsFault, type Environment } from '../src/config';
import { dataConverter } from '../src/payloads/data-converter';

/** One process's way to Temporal: the worker's connection, and a client for what the worker itself starts. */
export interface TemporalAccess {
  readonly native: NativeConnection;
  readonly client: Client;
  readonly namespace: string;
  close(): Promise<void>;
}

/** Thrown when no Temporal answers, or none can be asked; its message is one sentence for the operator. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Thrown when the configuration of Temporal cannot be used, so that nothing was asked. */
export class Misconfigured extends Unreachable {}

/** Connects by Temporal's own standard variables (address, namespace, TLS, API key). @throws Unreachable */
export async function connect(environment: Environment): Promise<TemporalAccess> {
  const { connectionOptions, namespace = 'default' } = configuration(environment);
  const native = await reachable(connectionOptions, () => NativeConnection.connect(connectionOptions));
  const connection = await Connection.connect(connectionOptions);
  const client = new Client({ connection, namespace, dataConverter });
  return {
    native,
    client,
    namespace,
    async close() {
      await connection.close();
      await native.close();
    },
  };
}

function configuration(environment: Environment): ClientConnectConfig {
  try {
    return loadClientConnectConfig({ overrideEnvVars: temporalEnvironment(environment) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Misconfigured(
      `The Temporal configuration (TEMPORAL_* variables, TEMPORAL_CONFIG_FILE) cannot be read: ${reason}`,
      { cause: error },
    );
  }
}

/** The SDK's own message names a transport, not what to do about it. */
async function reachable<T>(
  { address = '127.0.0.1:7233', tls }: ClientConnectConfig['connectionOptions'],
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const fault = await tlsFault({ address, tls });
    throw new Unreachable(
      fault === undefined
        ? `Temporal cannot be reached at ${address}. Start it, or set TEMPORAL_ADDRESS.`
        : `${fault}.`,
      { cause: error },
    );
  }
}
