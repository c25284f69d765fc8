import type { TetheredProcess } from '../../processes/tethered.js';
import type { Startable } from './ends.js';

/** The one worker process of a demonstration: it can crash and be started again. */
export class WorkerSeat implements Startable {
  #worker: TetheredProcess | undefined;
  #over = false;

  constructor(
    private readonly spawn: () => Promise<TetheredProcess>,
    /** Told of each worker, and how to ask whether its end was wanted. */
    private readonly watch: (exited: Promise<unknown>, wanted: () => boolean) => void,
  ) {}

  /** Starts a worker; gives its process id. Orders may be started before it is ready: they wait for it. */
  async start(): Promise<number> {
    const worker = await this.spawn();
    this.#worker = worker;
    this.watch(worker.exited, () => this.#worker !== worker);
    // Somebody ended the demonstration meanwhile.
    if (this.#over) await this.stop();
    return worker.pid;
  }

  /** Ends the worker as a crash would, and waits until it is gone. */
  async crash(): Promise<void> {
    const worker = this.#leave();
    worker?.signal('SIGKILL');
    await worker?.exited;
  }

  async stop(): Promise<void> {
    this.#over = true;
    await this.#leave()?.stop();
  }

  kill(): void {
    this.#over = true;
    this.#leave()?.signal('SIGKILL');
  }

  /** Whoever leaves the seat may end: that is no accident. */
  #leave(): TetheredProcess | undefined {
    const worker = this.#worker;
    this.#worker = undefined;
    return worker;
  }
}
