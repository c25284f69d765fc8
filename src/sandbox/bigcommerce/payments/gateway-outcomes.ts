import type { Agenda } from '../agenda.js';

/** What a gateway is asked for. */
export const gatewayActions = ['capture', 'void', 'refund', 'payment'] as const;
export type GatewayAction = (typeof gatewayActions)[number];

/** How the gateway ends it. */
export interface GatewayOutcome {
  result: 'ok' | 'declined';
  /** What the gateway says to a refusal. */
  message: string;
  /** Of the payments host. */
  code: number;
  /** Of an order whose capture or void was declined. */
  paymentStatus: 'authorized' | 'declined';
}

export const accepted: GatewayOutcome = { result: 'ok', message: '', code: 0, paymentStatus: 'authorized' };

/** The general refusal of a card. */
export const cardRefused = 30_104;

interface Waiting {
  action: GatewayAction;
  orderId: number;
  finish(outcome: GatewayOutcome): void;
}

interface Planned {
  action: GatewayAction;
  /** Of any order where absent. */
  orderId: number | undefined;
  outcome: GatewayOutcome;
}

/** The gateways behind the store: they answer later, and not always with yes. */
export class GatewayOutcomes {
  readonly #planned: Planned[] = [];
  #waiting: Waiting[] = [];
  /** Nothing is answered before somebody says so. */
  held = false;

  constructor(
    private readonly agenda: Agenda,
    private readonly delayMs: () => number,
  ) {}

  /** The next such action ends so, of this order or of any. */
  plan(action: GatewayAction, outcome: GatewayOutcome, orderId?: number): void {
    this.#planned.push({ action, orderId, outcome });
  }

  /** Asks the gateway; `finish` hears of its answer. */
  ask(action: GatewayAction, orderId: number, finish: (outcome: GatewayOutcome) => void): void {
    const waiting = { action, orderId, finish };
    this.#waiting.push(waiting);
    if (!this.held) this.agenda.after(this.delayMs(), () => this.#finish(waiting));
  }

  /** What a gateway says now. */
  answer(action: GatewayAction, orderId: number): GatewayOutcome {
    const index = this.#planned.findIndex(
      (planned) => planned.action === action && (planned.orderId === undefined || planned.orderId === orderId),
    );
    return index < 0 ? accepted : (this.#planned.splice(index, 1)[0]?.outcome ?? accepted);
  }

  /** Whether something of this order has no answer yet. */
  busy(orderId: number, action?: GatewayAction): boolean {
    return this.#waiting.some(
      (waiting) => waiting.orderId === orderId && (action === undefined || waiting.action === action),
    );
  }

  /** Ends all that waits, or all of one order; gives how many. */
  release(orderId?: number): number {
    const released = this.#waiting.filter((waiting) => orderId === undefined || waiting.orderId === orderId);
    for (const waiting of released) this.#finish(waiting);
    return released.length;
  }

  #finish(waiting: Waiting): void {
    if (!this.#waiting.includes(waiting)) return;
    this.#waiting = this.#waiting.filter((each) => each !== waiting);
    waiting.finish(this.answer(waiting.action, waiting.orderId));
  }
}
