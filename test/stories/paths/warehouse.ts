import type { CancelBy, Stage } from '../scenario.js';
import type { Account, Judge, OrderOf, Way } from '../tested.js';

/** What the paths of an order need to know of a platform at whose warehouse people ship it or cancel it. */
export interface Warehouse<A extends Account> {
  readonly variant: A['variant'];
  /** Creates an order, in the words of the imitation. */
  readonly create: string;
  /** Every write of a plain order, likewise. */
  readonly writes: readonly string[];
  /** Of the result of an order that was found. */
  readonly foundEnds?: Record<string, unknown>;
  /** Its undo, when it had been created. */
  readonly undo: string;
  readonly statuses: {
    /** While it waits for the warehouse. */
    readonly waiting: string;
    /** That order seen from the platform: one that a person made. */
    readonly made: string;
    readonly shipped: string;
    readonly canceled: string;
    /** Of one that was taken back while it waited. */
    readonly takenBack: string;
  };

  /** Waits until the order waits for the warehouse. */
  waits(order: OrderOf<A>): Promise<unknown>;
  /** What it waits for happens, and is told. */
  ship(way: Way<A>): Promise<void>;
  /** The same at once, to what may still ship, although a person is asked something: the hold settles itself. */
  shipAtOnce(way: Way<A>): Promise<void>;
  /** This order leaves, and nobody tells of it. */
  sendOut(stage: Stage<A>, id: string): void;
  /** A person makes an order under the reference. @returns its id */
  makeByHand(stage: Stage<A>, change?: object): Promise<string>;
  /** The warehouse cancels this order, and nobody tells of it. */
  cancelByHand(stage: Stage<A>, id: string): void;
  /** A person makes one that is not as ours is to be. @returns its id */
  makeAnother(stage: Stage<A>): Promise<string>;
  setStatus(stage: Stage<A>, status: string): void;
  /** What people do until an order that waited is taken back, for which its undo was already asked. */
  takeBack(stage: Stage<A>, order: OrderOf<A>): Promise<unknown>;
  /** A cancel is asked for that only people at the warehouse can do, and one is asked. */
  askedToCancel(stage: Stage<A>, by: CancelBy): Promise<OrderOf<A>>;

  readonly expects: {
    /** No order was created. */
    readonly none: Judge<A>;
    readonly shipped: Judge<A>;
    readonly canceled: Judge<A>;
    /** The one order was taken back while it waited. */
    readonly takenBack: Judge<A>;
    /** It was canceled by the warehouse, which was asked for it. */
    readonly canceledAsAsked: Judge<A>;
    /** It has shipped, although the warehouse was asked to cancel it. */
    readonly shippedAllTheSame: Judge<A>;
    /** It has shipped, and is not to be canceled any more. */
    readonly shippedAsGivenUp: Judge<A>;
    /** All orders under the reference have these statuses, in any order. */
    readonly statuses: (...statuses: string[]) => Judge<A>;
  };
}

export const completed = { outcome: 'completed', fulfillment: 'SHIPPED', left: [], undone: [] };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });
export const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
export const tooLate = { outcome: 'too-late', fulfillment: 'SHIPPED', left: [], cancel: { verdict: 'too-late' } };
