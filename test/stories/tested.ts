import type { Order } from '../../src/client/order.js';
import type { FaultRecord, RequestRecord } from '../../src/sandbox/index.js';
import type { RunningPlatform } from '../../src/sandbox/platform.js';
import type { Contract, Outcome, Updates } from '../../src/workflows/contract.js';
import type { WireFault } from './wire-faults.js';

/** What the ledger of every imitation has. */
export interface TestedLedger {
  readonly orders: readonly unknown[];
  readonly requests: readonly RequestRecord[];
  readonly faults: readonly FaultRecord[];
}

/** A running imitation, as far as the tests of all stories know it. */
export type Imitation<Ledger extends TestedLedger = TestedLedger> = RunningPlatform<Ledger, unknown, WireFault>;

/** How an imitation is to be. */
export interface ImitationWanted {
  /** Opens it. */
  readonly key: string;
  /** Its clock runs so much faster than a real one. */
  readonly clockSpeed: number;
  /** Options of its own. */
  readonly behaviour?: object | undefined;
}

/** The input of an order. */
export type Input = Record<string, unknown> & { readonly connection: string; readonly reference: string };

/** One account at an imitation of its own. */
export interface Account<
  Sandbox extends Imitation = Imitation,
  Result extends object = object,
  Asked extends Updates = Updates,
  Variant extends string = string,
> {
  /** e.g. `keap/t-3f2a-0` */
  readonly connection: string;
  readonly variant: Variant;
  readonly sandbox: Sandbox;
  /** An order with a reference of its own. */
  order(change?: Record<string, unknown>): Input;
  start(order: Record<string, unknown>): Promise<Order<Result, Asked>>;
  /** As the gateway does after a webhook: what it was about, in the words of the platform's `changes`. */
  hint(about: string): Promise<unknown>;
}

export type SandboxOf<A extends Account> = A['sandbox'];
export type LedgerOf<A extends Account> = ReturnType<A['sandbox']['ledger']>;
export type OrderOf<A extends Account> = Awaited<ReturnType<A['start']>>;
export type FaultOf<A extends Account> = Parameters<A['sandbox']['faults']['add']>[0];
export type InputOf<A extends Account> = ReturnType<A['order']>;
export type Judge<A extends Account> = (ledger: LedgerOf<A>, input: InputOf<A>) => void;

/** An order on its way. */
export interface Way<A extends Account> {
  readonly account: A;
  readonly sandbox: SandboxOf<A>;
  readonly input: InputOf<A>;
  readonly order: OrderOf<A>;
}

/** What happens to an order on its way: what is asked of it, and what people at the platform do. */
export type Play<A extends Account> = (way: Way<A>) => Promise<unknown>;

/** A write of a journey: what it is for, and its operation in the words of the imitation. */
export type Write = readonly [step: string, operation: string];

/** A way that an order takes, and what must stand in the ledger at its end, whatever went wrong on the way. */
export interface Journey<A extends Account> {
  readonly name: string;
  readonly variant: A['variant'];
  /** Members of the order that differ from the plain one. */
  readonly order?: Record<string, unknown>;
  /** In this order when nothing goes wrong. Steps of one name are tested once. */
  readonly writes: readonly Write[];
  /** Without it the order ends by itself. */
  readonly play?: Play<A>;
  /**
   * What comes of a question to a person: tried again, because a write of it is never sent twice unasked; or nothing,
   * because what people at the platform do settles it. Without it whoever asks, asks without need.
   */
  readonly asked?: 'retry' | 'settles itself';
  /** A step of it that leaves nothing to be found: when it is lost, the whole settle schedule passes first. */
  readonly slow?: string;
  /** A step of it that is left out once the answer to the one before is lost: nobody can say then what it would say. */
  readonly leftOut?: string;
  readonly ends: 'completed' | 'failed' | 'canceled';
  readonly judge: Judge<A>;
  /** What its result shows, and what is told of it, when nothing was refused. */
  readonly result?: Record<string, unknown>;
  readonly told?: string;
  /** By operation: what stands, and what was told, when it is refused for good; mostly that nothing is left. */
  readonly refused?: Readonly<Record<string, { readonly judge: Judge<A>; readonly told?: RegExp }>>;
}

/** How the journeys of a story are canceled. */
export interface Cancels<A extends Account> {
  /** Journeys that are canceled at each of their requests. */
  readonly journeys: readonly {
    readonly journey: Journey<A>;
    /** So many requests it makes at least. */
    readonly requests: number;
    /** What a cancel at its last request is answered. */
    readonly last: 'stopped' | 'too-late';
  }[];
  /** What people at the platform do once a cancel was asked for, by name: each is a case. */
  readonly people: Readonly<Record<string, Play<A>>>;
  /** Whether the platform shows what the verdict says. */
  readonly expectTrue: (verdict: Verdict | undefined, ledger: LedgerOf<A>, input: InputOf<A>) => void;
}

/** An update that changes an order under way. */
export interface Change<A extends Account> {
  readonly update: string;
  /** At each of its requests the change is asked for. What it judges stands when that was refused; its result may differ. */
  readonly journey: Journey<A>;
  readonly wanted: (input: InputOf<A>) => object;
  /** What stands at the end when it was done. */
  readonly judge: Judge<A>;
}

type Verdict = NonNullable<Outcome['cancel']>['verdict'];

/** A story, and all that its tests must know of its platform; the tests themselves are the same for all. */
export interface Tested<A extends Account> {
  /** The folder of its tests and the beginning of its connections, e.g. `keap`. */
  readonly platform: string;
  // biome-ignore lint/suspicious/noExplicitAny: what an account's orders take and give is in its own type.
  readonly contract: Contract<any, any, any>;
  /** Ways to talk to the platform that write in calls of their own, e.g. transports. */
  readonly variants: readonly A['variant'][];
  /** What the key of each account begins with. It stands in no recording. */
  readonly key: string;
  /** Starts an imitation, not throttled unless it is to be. */
  imitate(wanted: ImitationWanted): Promise<SandboxOf<A>>;
  /** The connection to it, as in a configuration file. */
  settings(sandbox: SandboxOf<A>, key: string, variant: A['variant']): object;
  plainOrder(): Record<string, unknown>;
  /** Where an order is the platform's before it is ours: the reference of one that is there. Without it any is taken. */
  reference?(sandbox: SandboxOf<A>): string;
  /** All the ways in which an order writes to the platform. */
  readonly journeys: readonly Journey<A>[];
  /** Steps of the journeys that set something or take it away: the same once more does no harm. */
  readonly repeatable: readonly string[];
  /** Nothing that may still be paid or shipped. */
  readonly nothingLeft: Judge<A>;
  /** What people at the platform do when an order cannot be taken back without them. */
  readonly takeBack?: Play<A>;
  readonly cancels: Cancels<A>;
  /** How an order can be changed under way, where it can. */
  readonly changes?: readonly Change<A>[];
  /** Makes searches show what was so many milliseconds of the imitation's clock ago. It outlives a reset. */
  lag(sandbox: SandboxOf<A>, ms: number): void;
}
