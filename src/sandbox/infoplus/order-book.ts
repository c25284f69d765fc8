import type { SandboxClock } from '../clock.js';
import type { InfoplusSettings } from './options.js';
import { backOrderNumber, inThousandths, isBackOrder } from './order-numbers.js';
import { type Content, hasReference, type Order } from './orders.js';
import { Records } from './records.js';
import { knownStatus } from './statuses.js';
import { wholeSecond } from './times.js';

const firstOrderNo = 48_211;

/** Every order of the site, with all that happens to it in the course of time. */
export class OrderBook {
  readonly #records = new Records<Order>();
  /** Numbers of orders whose Pending ends, and when: the next first. */
  readonly #pending: { at: number; orderNo: number }[] = [];
  readonly #backOrders = new Map<number, number>();
  #nextOrderNo = firstOrderNo;

  /** `told` hears of each order that has another status than before, a new one among them. */
  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: InfoplusSettings,
    private readonly told: (order: Order) => void,
  ) {}

  create(content: Content, enteredBy: string): Order {
    const orderNo = this.#nextOrderNo++;
    const now = this.clock.now();
    const order = this.#put(now, {
      ...fresh(now, enteredBy),
      ...structuredClone(content),
      orderNo,
      groupOrderId: orderNo,
      status: 'Pending',
      writes: 1,
    });
    this.#endPendingLater(orderNo, now + this.settings.pendingMs);
    return this.get(orderNo) ?? order;
  }

  /** An order of its own for what the given one waits for; it repeats all but the lines. */
  addBackOrder(of: Order, lines: Content['lines']): Order {
    const nth = (this.#backOrders.get(of.groupOrderId) ?? 0) + 1;
    this.#backOrders.set(of.groupOrderId, nth);
    const { fields, requestedParcelAccessories, extraOrderData, extraLineItemData, customFields } = of;
    const now = this.clock.now();
    return this.#put(now, {
      ...fresh(now, of.enteredBy),
      ...structuredClone({
        fields,
        requestedParcelAccessories,
        extraOrderData,
        extraLineItemData,
        customFields,
        lines,
      }),
      orderNo: backOrderNumber(of.groupOrderId, nth),
      groupOrderId: of.groupOrderId,
      status: 'Back Order',
    });
  }

  /** Every change moves the date, whatever it is about. */
  change(orderNo: number, change: (draft: Order, now: number) => void): Order {
    const order = this.get(orderNo);
    if (order === undefined) throw new Error(`There is no order ${orderNo}.`);
    const now = this.clock.now();
    const draft = structuredClone(order);
    change(draft, now);
    return this.#put(now, draft);
  }

  remove(orderNo: number): void {
    this.#settle();
    this.#records.remove(inThousandths(orderNo), this.clock.now());
  }

  get(orderNo: number): Order | undefined {
    this.#settle();
    return this.#records.get(inThousandths(orderNo));
  }

  all(): Order[] {
    this.#settle();
    return this.#records.all();
  }

  /** As a search shows them by now. */
  searchable(): Order[] {
    this.#settle();
    return this.#records.asOf(this.clock.now() - this.settings.searchLagMs);
  }

  /** Those that were deleted among them. */
  ever(): { value: Order; deletedAt: number | null }[] {
    this.#settle();
    return this.#records.ever();
  }

  byReference(reference: string): Order[] {
    return this.all().filter((order) => hasReference(order, reference));
  }

  /** The order and its back orders. */
  group(groupOrderId: number): Order[] {
    return this.all().filter((order) => order.groupOrderId === groupOrderId);
  }

  #put(at: number, changed: Order): Order {
    const order = { ...changed, modifiedAt: wholeSecond(at) };
    const key = inThousandths(order.orderNo);
    const before = this.#records.get(key);
    this.#records.put(key, at, order);
    if (isBackOrder(order.orderNo) && this.settings.backOrdersTouchRoot) this.#touch(order.groupOrderId, at);
    if (before?.status !== order.status) this.told(order);
    return order;
  }

  #touch(orderNo: number, at: number): void {
    const root = this.#records.get(inThousandths(orderNo));
    if (root !== undefined) this.#records.put(inThousandths(orderNo), at, { ...root, modifiedAt: wholeSecond(at) });
  }

  #endPendingLater(orderNo: number, at: number): void {
    this.#pending.push({ at, orderNo });
    this.#pending.sort((one, other) => one.at - other.at);
    // Told at its time, even when nobody asks.
    void this.clock.waitUntil(at).then(() => this.#settle());
  }

  /** Lets end what has been Pending long enough. */
  #settle(): void {
    const now = this.clock.now();
    for (let next = this.#pending[0]; next !== undefined && next.at <= now; next = this.#pending[0]) {
      this.#pending.shift();
      const order = this.#records.get(inThousandths(next.orderNo));
      if (order === undefined || knownStatus(order.status) !== 'Pending') continue;
      this.#put(next.at, { ...order, status: this.settings.afterPending });
    }
  }
}

/** What nothing has happened to yet. */
function fresh(now: number, enteredBy: string) {
  return {
    createdAt: wholeSecond(now),
    modifiedAt: wholeSecond(now),
    enteredBy,
    fulfillmentProcessId: null,
    shipping: null,
    tags: [],
    audits: [],
    files: [],
    dropped: [],
    writes: 0,
  } satisfies Partial<Order>;
}
