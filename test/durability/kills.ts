import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepFeeds } from '../../worker/feeds';
import { Batch, type Victim } from './batch';
import type { Cell } from './cells';
import { Lane } from './lane';
import { endFeed } from './polls';
import { shortPolicy } from './profile';
import { judged, type Judged } from './judged';
import { TemporalServer } from './temporal-server';
import type { CellResult } from './verdict';
import { WorkerProcess } from './worker-process';

/** When a stopped worker is woken: its call was given up, looked up and settled meanwhile. */
const WOKEN_AFTER_MS = 6_000;

/**
 * A world whose processes are killed: its own Temporal server on a file, a sandbox, and one worker process at a time.
 * One order at a time, so that each kill hits exactly one call.
 */
export class KillLane {
  readonly #logs: (readonly string[])[] = [];
  /** What a kill set off: a replacement, a restart. It is over before the next cell. */
  #aftermath: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: TemporalServer,
    private readonly lane: Lane,
    private readonly codePath: string,
    private readonly directory: string,
    private worker: WorkerProcess,
  ) {
    this.#logs.push(worker.output);
  }

  static async open(cli: string, codePath: string): Promise<KillLane> {
    const directory = mkdtempSync(join(tmpdir(), 'waybill-durability-temporal-'));
    const namespace = 'kills';
    const server = await TemporalServer.start({ cli, namespaces: [namespace], file: join(directory, 'temporal.db') });
    const lane = await Lane.open({ address: server.address, namespace, policy: shortPolicy() });
    const worker = await WorkerProcess.start({ ...lane.environment, WAYBILL_TEST_BUNDLE: codePath });
    return new KillLane(server, lane, codePath, directory, worker);
  }

  async run(cell: Cell, seed: number): Promise<Judged<CellResult>> {
    const batch = new Batch(this.lane, [cell], seed, this.#victim(cell));
    await batch.run();
    await this.#aftermath;
    return judged(batch, this.#logs.flat());
  }

  #victim({ fault }: Cell): Victim {
    const pid = fault.hits === 'server' ? this.server.pid : this.worker.pid;
    const aftermath = {
      server: () => this.#restart(),
      worker: () => this.#replace(fault.settings.signal === 'SIGSTOP'),
    };
    return {
      pid,
      hit: () => {
        this.#aftermath = aftermath[fault.hits ?? 'worker']();
      },
    };
  }

  async #restart(): Promise<void> {
    await this.server.ended();
    await this.server.run();
  }

  /** A new worker takes over; a stopped one is woken late, and goes when the order has had the time to suffer from it. */
  async #replace(isStopped: boolean): Promise<void> {
    const old = this.worker;
    this.worker = await WorkerProcess.start({ ...this.lane.environment, WAYBILL_TEST_BUNDLE: this.codePath });
    this.#logs.push(this.worker.output);
    // The look that was lost would be missed by its heartbeat only, a quarter of a minute later.
    await endFeed(this.lane.client, 'northscope');
    await keepFeeds(this.lane.client);
    if (isStopped) {
      await new Promise((done) => setTimeout(done, WOKEN_AFTER_MS));
      old.wake();
      await new Promise((done) => setTimeout(done, 1_000));
    }
    await old.kill();
  }

  async close(): Promise<void> {
    await this.worker.kill();
    await this.lane.close();
    await this.server.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
