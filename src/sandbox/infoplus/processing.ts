import { type Allocation, allocate, reserve } from './allocation.js';
import { backOrderLine } from './order-lines.js';
import { orderNumberText } from './order-numbers.js';
import type { Order } from './orders.js';
import { plainParcel } from './packing.js';
import type { infoplusSeed } from './seed.js';
import { ship } from './shipping.js';
import type { Site } from './site.js';
import { isHeld, isShipComplete, knownStatus } from './statuses.js';

export type FulfillmentPlan = (typeof infoplusSeed.fulfillmentPlans)[number];

export interface Run {
  plan: FulfillmentPlan;
  shipDate: number;
  /** SKUs that turn out not to be there. */
  lacking?: ReadonlySet<string>;
}

/** What became of an order in a run: the number of its process, or why it has none. */
export interface Processed {
  order: Order;
  processNo: number | null;
  problem: string | null;
}

/** Why an order cannot go into a process at all; null when it can. */
export function obstacle({ orderNo, status, fields }: Order, plan: FulfillmentPlan): string | null {
  const name = `Order ${orderNumberText(orderNo)}`;
  if (knownStatus(status) !== 'On Order') return `${name} is ${status}: only On Order can be processed.`;
  if (isHeld(fields.holdCode)) return `${name} is held: its hold code is ${fields.holdCode}.`;
  return fields.warehouseId === plan.warehouseId ? null : `${name} is not in the warehouse of plan ${plan.id}.`;
}

/**
 * Runs a plan over some orders. What of an order is not in stock becomes an order of its own for each line, or is
 * dropped where the item says so. An order of which nothing is in stock waits as a whole; one of which nothing will
 * ever be shipped is in error.
 */
export function runPlan(site: Site, orders: readonly Order[], run: Run): Processed[] {
  const assessed = orders.map((order) => assess(site, order, run));
  const ready = assessed.filter(({ problem }) => problem === null);
  const processNo = ready.length === 0 ? null : newProcess(site, ready, run);
  return assessed.map(({ order, allocations, problem }) => {
    if (problem !== null || processNo === null) return { order, processNo: null, problem };
    const processed = start(site, order, allocations, processNo);
    const last = run.plan.autoShipOrders
      ? ship(site, processed, { parcels: [plainParcel], last: true, shipDate: run.shipDate })
      : processed;
    return { order: last, processNo, problem: null };
  });
}

interface Assessed {
  order: Order;
  allocations: Allocation[];
  problem: string | null;
}

function assess(site: Site, order: Order, { plan, lacking = new Set() }: Run): Assessed {
  const problem = obstacle(order, plan);
  if (problem !== null) return { order, allocations: [], problem };
  const allocations = allocate(site, order, lacking);
  const name = `Order ${orderNumberText(order.orderNo)}`;
  if (isShipComplete(order.fields.holdCode) && allocations.some(({ missing }) => missing > 0)) {
    return { order, allocations, problem: `${name} ships complete, and not all of it is in stock.` };
  }
  if (allocations.every(({ allowed }) => allowed === 0)) {
    const waits = wait(site, order, allocations);
    return { order: waits, allocations, problem: `${name} is ${waits.status}: nothing of it is in stock.` };
  }
  reserve(site, order, allocations);
  return { order, allocations, problem: null };
}

function newProcess({ shipments }: Site, ready: readonly Assessed[], { plan, shipDate }: Run): number {
  const allowed = ready.flatMap(({ allocations }) => allocations.filter((each) => each.allowed > 0));
  const process = shipments.processes.add({
    processNo: 0,
    fulfillmentPlanId: plan.id,
    warehouseId: plan.warehouseId,
    shipDate,
    numberOfOrders: ready.length,
    numberOfLines: allowed.length,
    numberOfSKUs: new Set(allowed.map(({ line }) => line.sku)).size,
    shippedOrders: 0,
    completedPicks: 0,
  });
  shipments.processes.change(process, { processNo: process.id });
  return process.id;
}

/** Picking begins. */
function start(site: Site, { orderNo }: Order, allocations: readonly Allocation[], processNo: number): Order {
  const processed = site.orders.change(orderNo, (draft) => {
    draft.status = 'Processed';
    draft.fulfillmentProcessId = processNo;
    drop(draft, allocations);
    for (const line of draft.lines) {
      const { allowed, missing, waits } = allocationOf(allocations, line.id);
      Object.assign(line, { allowedQty: allowed, backorderQty: waits ? missing : 0 });
    }
  });
  for (const { line, missing, waits } of allocations) {
    if (missing > 0 && waits) site.orders.addBackOrder(processed, [backOrderLine(site, line, missing)]);
  }
  return processed;
}

/** Nothing is in stock. */
function wait(site: Site, { orderNo }: Order, allocations: readonly Allocation[]): Order {
  return site.orders.change(orderNo, (draft) => {
    const waits = allocations.some((each) => each.waits);
    draft.status = waits ? 'Back Order' : 'Error';
    if (waits) drop(draft, allocations);
  });
}

/** What is not there and not waited for vanishes from the order without a word. */
function drop(draft: Order, allocations: readonly Allocation[]): void {
  const lost = allocations.filter(({ missing, waits }) => missing > 0 && !waits);
  draft.dropped.push(...lost.map(({ line, missing }) => ({ sku: line.sku, quantity: missing })));
  const gone = new Set(lost.filter(({ allowed }) => allowed === 0).map(({ line }) => line.id));
  draft.lines = draft.lines.filter(({ id }) => !gone.has(id));
}

function allocationOf(allocations: readonly Allocation[], lineId: number): Allocation {
  const found = allocations.find(({ line }) => line.id === lineId);
  if (found === undefined) throw new Error(`there is no allocation of line ${lineId}`);
  return found;
}
