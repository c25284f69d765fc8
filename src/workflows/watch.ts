import type { Read } from './contract.js';
import { Inbox } from './inbox.js';
import type { Kit } from './kit.js';
import { paced } from './timing.js';

/** Watches one order: what it is told, and what it sees when it looks by itself. */
export class Watch<T extends object> {
  /** What was said of the state that was shown last, and what was late about it. */
  said: string | undefined;
  late: string | undefined;
  private readonly inbox: Inbox;
  private began = Date.now();
  private looked = 0;
  private version = 0;

  /** @param looks milliseconds after the beginning, in ascending order */
  constructor(
    private readonly kit: Kit,
    private readonly read: () => Promise<Read<T>>,
    private readonly looks: readonly number[],
    untold: boolean,
  ) {
    this.inbox = untold ? new Inbox(() => kit.run.head.reference) : kit.inbox;
  }

  /** Begins the looks anew. */
  begin(): void {
    this.began = Date.now();
    this.looked = 0;
  }

  /** The newest that is known, own look or told. Counts as read then. */
  get newest(): T {
    this.version = this.inbox.version;
    return this.inbox.newest as T;
  }

  get forMs(): number {
    return (Date.now() - this.inbox.since) / this.kit.run.pace;
  }

  /** How long it is to the next look, in milliseconds; at least zero. */
  get pauseMs(): number {
    const at = this.looks[this.looked];
    return at === undefined ? 0 : Math.max(0, this.began + paced(at, this.kit.run.pace) - Date.now());
  }

  /**
   * Looks. What was read later counts, whether it was told or is seen here; where nobody says when this was read, what is
   * told meanwhile counts, because an order's own clock says nothing about it. But what was seen here was true: an end
   * that it shows counts.
   */
  async look(): Promise<T> {
    const { version } = this.inbox;
    const { readAt, ...seen } = await this.read();
    const state = seen as unknown as T;
    const taken = readAt === undefined ? this.inbox.see(state, version) : this.inbox.take({ state, readAt });
    if (taken) this.version = this.inbox.version;
    return state;
  }

  /**
   * Waits for something to happen.
   *
   * @param woken something else that ends the wait
   * @param againMs to look after this time in any case, in milliseconds
   * @param at to look then in any case, in milliseconds since 1970
   * @returns `told`: there is news. `due`: it is time to look. `over`: the looks have run out
   */
  async next(woken: () => boolean, againMs?: number, at?: number): Promise<'told' | 'due' | 'woken' | 'over'> {
    const { cancel, run } = this.kit;
    if (this.looked >= this.looks.length) return 'over';
    const again = Math.min(
      againMs === undefined ? Number.POSITIVE_INFINITY : paced(againMs, run.pace),
      at === undefined ? Number.POSITIVE_INFINITY : Math.max(1, at - Date.now()),
    );
    const pause = this.pauseMs;
    const told = () => this.inbox.version > this.version;
    const inTime = await cancel.wait(() => told() || woken(), Math.min(pause, again), 'then look at the order');
    if (inTime) return told() ? 'told' : 'woken';
    if (pause <= again) this.looked++;
    return 'due';
  }
}
