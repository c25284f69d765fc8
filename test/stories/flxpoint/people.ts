import { setTimeout as pause } from 'node:timers/promises';
import type { FlxpointUpdates } from '../../../src/contracts.js';
import type { FlxpointControls } from '../../../src/sandbox/index.js';
import type { Way } from '../tested.js';
import { addedIn, type FlxpointAccount, orderIn, taggedAs } from './rig.js';

export type Going = Way<FlxpointAccount>;

const LOOK_EVERY_MS = 100;

/** The order as it really is. */
export const there = ({ sandbox, input }: Pick<Going, 'sandbox' | 'input'>) => orderIn(sandbox.ledger(), input);

/** The lines that were added, as they really are. */
export const added = (way: Pick<Going, 'sandbox' | 'input'>) => addedIn(there(way));

type Wanted = Omit<Parameters<FlxpointControls['generateFulfillmentRequest']>[0], 'orderId'>;

/** A fulfillment request is made, of all that is free unless told. */
export function request({ sandbox, input }: Pick<Going, 'sandbox' | 'input'>, wanted: Wanted = {}) {
  const orderId = Number(input.reference);
  const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({ orderId, ...wanted });
  return { fulfillmentRequestId };
}

/** The request goes to its source, which takes it. */
export function acknowledge({ sandbox }: Pick<Going, 'sandbox'>, of: { fulfillmentRequestId: number }): void {
  sandbox.controls.process(of);
  sandbox.controls.acknowledge(of);
}

/** Everything of the order that is free or requested leaves. */
export function shipAll(way: Pick<Going, 'sandbox' | 'input'>): void {
  const { controls } = way.sandbox;
  const { orderStatus, items } = there(way);
  const free = items.some((item) => item.quantity > item.canceledQuantity + item.allocatedQuantity);
  if (free && orderStatus === 'Open') request(way);
  for (const { id: fulfillmentRequestId, handle, items: parts, shipments } of there(way).fulfillmentRequests) {
    const gone = shipments.flatMap((shipment) => shipment.items).reduce((sum, { quantity }) => sum + quantity, 0);
    const asked = parts.reduce((sum, part) => sum + part.quantity - part.canceledQuantity - part.voidedQuantity, 0);
    if (gone >= asked || ['canceled', 'voided', 'cross_docked', 'transferred'].includes(handle)) continue;
    if (handle === 'unprocessed') controls.release({ fulfillmentRequestId });
    controls.ship({ fulfillmentRequestId });
  }
}

/** A person cancels the lines that were added, as far as no fulfillment request has them. */
export function cancelByHand(way: Pick<Going, 'sandbox' | 'input'>): void {
  for (const { id: orderItemId, quantity, canceledQuantity, allocatedQuantity } of added(way)) {
    if (quantity > canceledQuantity + allocatedQuantity) {
      way.sandbox.controls.cancelLine({ orderItemId, quantity: quantity - canceledQuantity - allocatedQuantity });
    }
  }
}

/** Has a parcel posted, again until it stands: a worker that dies takes no answer with it, and a refusal is looked into. */
export async function post({ order }: Going, parcel: FlxpointUpdates['ship']): Promise<void> {
  for (;;) {
    try {
      const { verdict } = await order.send('ship', parcel);
      if (verdict === 'done') return;
    } catch {
      if ((await order.status()).state !== 'running') return;
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Everything leaves, although the order was on hold; but a line that is not tagged yet is taken back. */
export function shipAllTheSame(way: Pick<Going, 'sandbox' | 'input'>): void {
  const order = there(way);
  if (way.input.lines.some(({ reference }) => taggedAs(order, reference).length === 0)) {
    cancelByHand(way);
    return;
  }
  if (order.orderStatus === 'On Hold') way.sandbox.controls.setOrderStatus({ orderId: order.id, orderStatus: 'Open' });
  shipAll(way);
}
