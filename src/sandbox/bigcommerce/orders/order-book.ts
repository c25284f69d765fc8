import type { SandboxClock } from '../../clock.js';
import type { Events } from '../hooks/events.js';
import type { Ids } from '../ids.js';
import { type Actor, currentState, type Order, type OrderState, stateAt } from './order.js';
import { saysPaid } from './statuses.js';

/** What an order holds before it is numbered. */
export type NewOrder = Omit<OrderState, 'modifiedAt' | 'history' | 'holdsStock' | 'paidOutside'>;

/** Moves stock as the order's new state asks for; throws when there is not enough. */
export type SettleStock = (orderId: number, draft: OrderState, before: OrderState | undefined, actor: Actor) => void;

/** Every order of the store, the archived ones too. */
export class OrderBook {
  readonly #orders = new Map<number, Order>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly ids: Ids,
    private readonly events: Events,
    private readonly settleStock: SettleStock,
  ) {}

  /** @param at when it came to be in this store, milliseconds since 1970 */
  add(wanted: NewOrder, by: Actor, at: number = this.clock.now()): Order {
    const order: Order = { id: this.ids.next('order'), versions: [] };
    const { statusId } = wanted;
    const state: OrderState = {
      ...structuredClone(wanted),
      ...{ modifiedAt: at, holdsStock: false, paidOutside: saysPaid(statusId) && wanted.paymentStatus === '' },
      history: [{ time: at, from: statusId, to: statusId, by }],
    };
    this.settleStock(order.id, state, undefined, by);
    order.versions.push({ at, state });
    this.#orders.set(order.id, order);
    this.events.order('created', order.id, state);
    return order;
  }

  /** All of it or, when `change` throws, nothing. */
  change<Result>(order: Order, by: Actor, change: (draft: OrderState) => Result): Result {
    const now = this.clock.now();
    const before = currentState(order);
    const draft = structuredClone(before);
    const result = change(draft);
    draft.modifiedAt = now;
    if (draft.statusId !== before.statusId) {
      draft.history.push({ time: now, from: before.statusId, to: draft.statusId, by });
      if (saysPaid(draft.statusId) && draft.paymentStatus === '') draft.paidOutside = true;
    }
    this.settleStock(order.id, draft, before, by);
    order.versions.push({ at: now, state: draft });
    this.events.order('updated', order.id, draft);
    if (draft.statusId !== before.statusId) {
      const status = { previous_status_id: before.statusId, new_status_id: draft.statusId };
      this.events.order('statusUpdated', order.id, draft, { status });
    }
    return result;
  }

  /** Hides it from everything but the control panel. Stock and money stay where they are. */
  archive(order: Order): void {
    const now = this.clock.now();
    const state = structuredClone(currentState(order));
    state.archivedAt = now;
    state.modifiedAt = now;
    order.versions.push({ at: now, state });
    this.events.order('archived', order.id, state);
    this.events.order('updated', order.id, state);
  }

  byId(id: number): Order | undefined {
    return this.#orders.get(id);
  }

  all(): Order[] {
    return [...this.#orders.values()];
  }

  /** Those that a list shows that is so old, as it shows them. Archived ones are gone from it. */
  shown(lagMs: number): { id: number; state: OrderState }[] {
    const time = this.clock.now() - lagMs;
    return this.all().flatMap((order) => {
      const state = stateAt(order, time);
      return state === undefined || state.archivedAt !== null ? [] : [{ id: order.id, state }];
    });
  }
}
