import type { SandboxClock } from '../clock.js';
import type { HistoryType } from './history-names.js';
import type { Ids } from './ids.js';
import type { FlxpointSettings } from './options.js';
import {
  currentState,
  type FulfillmentRequest,
  type Interaction,
  type Order,
  type OrderState,
  type Shipment,
  stateAt,
} from './orders.js';

/** What is in an order when it comes. */
export type NewOrder = Omit<Order, 'insertedAt' | 'versions'> & {
  state: Omit<OrderState, 'updatedAt' | 'modifiedAt' | 'history'>;
};

/** An order that is being changed. */
export interface Change {
  draft: OrderState;
  now: number;
  /** Adds to the history; the order's status has to be the new one by then. */
  record(type: HistoryType, note?: string | null, fromOrderStatus?: string): void;
  /** The order itself or a line has changed, not only what hangs on it. */
  touch(): void;
}

/** Every order of the account with all that hangs on it. */
export class OrderBook {
  readonly #orders = new Map<number, Order>();
  readonly #byRequest = new Map<number, Order>();

  /** `released` hears of each fulfillment request that has come to be Processing. */
  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: FlxpointSettings,
    private readonly ids: Ids,
    private readonly released: (order: Order, request: FulfillmentRequest) => void,
  ) {}

  /** `at` is when it came into Flxpoint. */
  add({ state, ...head }: NewOrder, at: number): Order {
    const order: Order = { ...head, insertedAt: at, versions: [] };
    order.versions.push({ at, state: { ...structuredClone(state), history: [], updatedAt: at, modifiedAt: at } });
    const { history, orderStatus } = currentState(order);
    history.push({
      id: this.ids.next('history'),
      changeTime: at,
      fromOrderStatus: orderStatus,
      toOrderStatus: orderStatus,
      type: 'order_submitted',
      interaction: 'channel_integration',
      note: null,
    });
    this.#orders.set(order.id, order);
    return order;
  }

  /** All of it or, when `change` throws, nothing. */
  change<Result>(order: Order, interaction: Interaction, change: (change: Change) => Result): Result {
    const now = this.clock.now();
    const before = currentState(order);
    const draft = structuredClone(before);
    const result = change({
      draft,
      now,
      record: (type, note = null, fromOrderStatus = draft.orderStatus) => {
        const id = this.ids.next('history');
        const toOrderStatus = draft.orderStatus;
        draft.history.push({ id, changeTime: now, fromOrderStatus, toOrderStatus, type, interaction, note });
      },
      touch: () => {
        draft.updatedAt = now;
      },
    });
    // Never the same twice, however fast people are here: it is what a change is known by.
    draft.modifiedAt = Math.max(now, before.modifiedAt + 1);
    order.versions.push({ at: now, state: draft });
    const handles = new Map(before.fulfillmentRequests.map(({ id, handle }) => [id, handle]));
    for (const request of draft.fulfillmentRequests) {
      this.#byRequest.set(request.id, order);
      if (request.handle === 'processing' && handles.get(request.id) !== 'processing') this.released(order, request);
    }
    return result;
  }

  byId(id: number): Order | undefined {
    return this.#orders.get(id);
  }

  byNumber(orderNumber: string): Order | undefined {
    return this.all().find((order) => order.orderNumber === orderNumber);
  }

  /** The order that a fulfillment request belongs to. */
  byRequest(fulfillmentRequestId: number): Order | undefined {
    return this.#byRequest.get(fulfillmentRequestId);
  }

  byItem(orderItemId: number): Order | undefined {
    return this.all().find((order) => currentState(order).items.some(({ id }) => id === orderItemId));
  }

  byReturn(returnId: number): Order | undefined {
    return this.all().find((order) => currentState(order).returns.some(({ id }) => id === returnId));
  }

  byRma(rmaId: number): Order | undefined {
    return this.all().find((order) =>
      currentState(order).returns.some(({ rmas }) => rmas.some(({ id }) => id === rmaId)),
    );
  }

  /** In the order of their numbers. */
  all(): Order[] {
    return [...this.#orders.values()];
  }

  /** The order as a list shows it by now; undefined while no list has it. */
  readable(order: Order): OrderState | undefined {
    return this.settings.searchLagMs === 0
      ? currentState(order)
      : stateAt(order, this.clock.now() - this.settings.searchLagMs);
  }
}

/** The request in a draft; it has to be there. */
export function requestIn({ fulfillmentRequests }: OrderState, id: number): FulfillmentRequest {
  return expectIn(fulfillmentRequests, id, 'fulfillment request');
}

export function shipmentIn(
  { fulfillmentRequests }: OrderState,
  id: number,
): [FulfillmentRequest, Shipment] | undefined {
  for (const request of fulfillmentRequests) {
    const shipment = request.shipments.find((each) => each.id === id);
    if (shipment !== undefined) return [request, shipment];
  }
  return undefined;
}

export function expectIn<Thing extends { id: number }>(things: readonly Thing[], id: number, what: string): Thing {
  const found = things.find((thing) => thing.id === id);
  if (found === undefined) throw new Error(`There is no ${what} ${id}.`);
  return found;
}
