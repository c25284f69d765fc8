import { setTimeout as pause } from 'node:timers/promises';
import type { Order } from '../../client.js';

/**
 * The slowest example waits a minute until a store shows its stock again, after some twenty requests; others lose their
 * worker, which costs up to twenty seconds. What takes this many milliseconds is stuck, also on a machine that has much to do.
 */
const STUCK_AFTER_MS = 180_000;

/** How often a phase is asked for, in milliseconds. */
const LOOK_EVERY_MS = 200;

/** Tells what happens to one order, and knows how far it has come. */
export class Teller {
  /** How many of the order's happenings were told. */
  #told = 0;

  constructor(
    readonly reference: string,
    private readonly say: (text: string) => void,
  ) {}

  tell(text: string): void {
    this.say(`${this.reference}  ${text}`);
  }

  /** Something that the order does not do itself. */
  tellDeed(text: string): void {
    this.tell(`[demo] ${text}`);
  }

  /** Tells all that happens to the order, until it has ended or is stuck. */
  async tellAll(order: Order): Promise<void> {
    const happenings = order.follow();
    const stuck = new AbortController();
    const late = pause(STUCK_AFTER_MS, undefined, { signal: stuck.signal, ref: false }).catch(() => undefined);
    const told = (async () => {
      for await (const { n, text } of happenings) {
        this.tell(text);
        this.#told = n;
      }
      return 'ended' as const;
    })();
    const end = await Promise.race([told, late]);
    stuck.abort();
    if (end === 'ended') return;
    void happenings.return(undefined);
    const { step, hold, waitingFor, troubles } = await order.status();
    const where = ['it is stuck', hold?.question ?? step ?? waitingFor, ...troubles];
    this.tell(where.filter((text) => text !== undefined).join('; '));
  }

  /** Whether the order comes to a phase, and waits for what `shows` says, with all told that led to it. */
  async reaches(order: Order, phase: string, shows = ''): Promise<boolean> {
    const deadline = Date.now() + STUCK_AFTER_MS;
    while (Date.now() < deadline) {
      const status = await order.status();
      const isThere = status.phase === phase && (status.waitingFor ?? '').includes(shows);
      if (isThere && this.#told >= status.happenings.length) return true;
      if (status.state !== 'running') return false;
      await pause(LOOK_EVERY_MS);
    }
    return false;
  }
}
