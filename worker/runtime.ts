import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { LogLevel } from '../src/config';
import { temporalLevels, temporalLogger } from './logger';

/**
 * One log for all of this process: what Temporal's native core has to say goes through the same logger, masks included. It
 * must come before the first connection.
 *
 * @param level the least that is logged
 */
export function installRuntime(level: LogLevel): void {
  // Of its ordinary work core tells more than anyone needs who does not look for a fault.
  const core = level === 'info' ? 'WARN' : temporalLevels[level];
  Runtime.install({
    logger: temporalLogger(level),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core, other: 'ERROR' }) } },
    shutdownSignals: ['SIGINT', 'SIGTERM'],
  });
}
