import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { temporalEnvironment, type Environment } from '../src/config';
import { dataConverter } from '../src/payloads/data-converter';

/** One process's way to Temporal: the worker's connection, and a client for what the worker itself starts. */
export interface TemporalAccess {
  readonly native: NativeConnection;
  readonly client: Client;
  readonly namespace: string;
  close(): Promise<void>;
}

/** Thrown when no Temporal answers; its message is one sentence for the operator. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Connects by Temporal's own standard variables (address, namespace, TLS, API key). */
export async function connect(environment: Environment): Promise<TemporalAccess> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({
    overrideEnvVars: temporalEnvironment(environment),
  });
  const native = await reachable(connectionOptions.address, () => NativeConnection.connect(connectionOptions));
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

/** The SDK's own message names a transport, not what to do about it. */
async function reachable<T>(address: string | undefined, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const where = address ?? 'localhost:7233';
    throw new Unreachable(`Temporal cannot be reached at ${where}; start it, or set TEMPORAL_ADDRESS to where it is.`, {
      cause: error,
    });
  }
}
