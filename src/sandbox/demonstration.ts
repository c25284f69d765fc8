import type { FaultRecord } from './faults.js';

/** What a demonstration needs to know of one platform's imitation. */
export interface Demonstration<Ledger extends SandboxLedger = SandboxLedger> {
  /**
   * Connections to the imitation at `url`, by name, as a configuration file has them: one for each way to talk to it.
   * Their keys are the imitation's own and open nothing else.
   */
  connections(url: string): Readonly<Record<string, object>>;
  /**
   * An example's order as another one, on a server that knows those of the last time. Absent: another reference makes it
   * another order.
   *
   * @param suffix differs each time, e.g. `-mfq3k2`
   */
  anew?<Order extends object>(order: Order, suffix: string): Order;
  /**
   * What happened at the platform between two looks at its ledger. Told by time and not by reference, because an order
   * that was made twice need not carry the reference twice.
   */
  happenedBetween(before: Ledger, after: Ledger): LedgerView;
}

/** What the ledgers of all platforms have. */
export interface SandboxLedger {
  readonly faults: readonly FaultRecord[];
}

/** What happened. */
export interface LedgerView {
  readonly facts: OrderFacts;
  /** Requests of all kinds that reached the platform meanwhile. */
  readonly requests: number;
}

/** By name, and each platform has its own: orders made, units shipped, money taken. Money has two decimals. */
export type OrderFacts = Readonly<Record<string, number | string>>;
