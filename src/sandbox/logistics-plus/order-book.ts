import type { SandboxClock } from '../clock.js';
import type { Ids } from './ids.js';
import type { LogisticsPlusSettings } from './options.js';
import {
  type Content,
  currentState,
  type Due,
  isEditable,
  type Order,
  type OrderState,
  type Patch,
  stateAt,
} from './orders.js';
import { enteredShipment, follow } from './shipments.js';

/** How long after its order a shipment is dated, as in the documentation's example: the call waits for the warehouse. */
const entryTakesMs = 2_000;

/** What identifies an order, for the whole of its life. */
export type OrderHead = Pick<Order, 'organization' | 'warehouseCode' | 'primaryReference'>;

/** Every order of the account, with all that happens to it in the course of time. */
export class OrderBook {
  readonly #orders = new Map<string, Order>();
  readonly #byReference = new Map<string, Order[]>();

  /** `told` hears of each shipment whose status has changed. */
  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: LogisticsPlusSettings,
    private readonly ids: Ids,
    private readonly told: (order: Order) => void,
  ) {}

  create(head: OrderHead, content: Content): Order {
    const now = this.clock.now();
    const { shipmentDelayMs } = this.settings;
    const id = this.ids.next(now);
    const shipments = shipmentDelayMs > 0 ? [] : [enteredShipment(content, this.ids, now + entryTakesMs)];
    const state: OrderState = { content, told: content, shipments, updatedAt: now };
    const order: Order = {
      id,
      ...head,
      createdAt: now,
      versions: [{ at: now, state: structuredClone(state) }],
      due: [],
      patches: [],
    };
    if (shipmentDelayMs > 0) this.#enterLater(order, now + shipmentDelayMs);
    this.#orders.set(id, order);
    const { primaryReference } = head;
    this.#byReference.set(primaryReference, [...(this.#byReference.get(primaryReference) ?? []), order]);
    return order;
  }

  /** The order has it at once, and its shipments some time later, or never when work begins before. */
  patch(order: Order, content: Content): void {
    const now = this.clock.now();
    // Without a new date: the documented answer shows the old one.
    this.#change(order, now, (draft) => {
      draft.content = content;
    });
    const patch: Patch = { time: now, content, followedAt: null };
    order.patches.push(patch);
    const at = now + this.settings.shipmentFollowsMs;
    const happen = (draft: OrderState) => {
      if (!draft.shipments.every(isEditable)) return;
      draft.told = content;
      patch.followedAt = at;
      follow(draft, at);
    };
    this.#later(order, { at, patch, happen });
  }

  /** What a person changes is on the order and its shipments at once, and with it every PATCH that was on its way. */
  correct(order: Order, change: (content: Content) => void): void {
    const onTheWay = order.due.filter(({ patch }) => patch !== undefined);
    order.due = order.due.filter(({ patch }) => patch === undefined);
    this.change(order, (draft, now) => {
      change(draft.content);
      draft.told = structuredClone(draft.content);
      follow(draft, now);
      for (const { patch } of onTheWay) if (patch !== undefined) patch.followedAt = now;
    });
  }

  /** Something that people do: now, and known to the warehouse at once. */
  change(order: Order, change: (draft: OrderState, now: number) => void): void {
    const now = this.clock.now();
    this.#change(order, now, (draft) => {
      change(draft, now);
      draft.updatedAt = now;
    });
  }

  byId(id: string): Order | undefined {
    const order = this.#orders.get(id);
    if (order !== undefined) this.#settle(order);
    return order;
  }

  /** Oldest first. */
  byReference(reference: string): Order[] {
    const orders = this.#byReference.get(reference) ?? [];
    for (const order of orders) this.#settle(order);
    return orders;
  }

  /** Oldest first. */
  all(): Order[] {
    const orders = [...this.#orders.values()];
    for (const order of orders) this.#settle(order);
    return orders;
  }

  /** The order as a search shows it by now; undefined while no search finds it. */
  readable(order: Order): OrderState | undefined {
    return stateAt(order, this.clock.now() - this.settings.searchLagMs);
  }

  #enterLater(order: Order, at: number): void {
    const happen = (draft: OrderState) => {
      draft.shipments.push(enteredShipment(draft.told, this.ids, at));
    };
    this.#later(order, { at, happen });
  }

  #later(order: Order, due: Due): void {
    order.due.push(due);
    order.due.sort((one, other) => one.at - other.at);
  }

  /** Lets happen what is due by now. */
  #settle(order: Order): void {
    const now = this.clock.now();
    let next = order.due[0];
    while (next !== undefined && next.at <= now) {
      order.due.shift();
      this.#change(order, next.at, next.happen);
      next = order.due[0];
    }
  }

  #change(order: Order, at: number, change: (draft: OrderState) => void): void {
    const before = new Map(currentState(order).shipments.map(({ id, status }) => [id, status]));
    const draft = structuredClone(currentState(order));
    change(draft);
    order.versions.push({ at, state: draft });
    for (const { id, status } of draft.shipments) {
      const old = before.get(id);
      if (old !== undefined && old !== status) this.told(order);
    }
  }
}
