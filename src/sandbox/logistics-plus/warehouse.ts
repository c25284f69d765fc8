import type { ControlOrders, Moved } from './control-inputs.js';
import { type Aim, aimsOf, expectOneEach, nameOf, shipmentIn, type Target } from './control-targets.js';
import { depart } from './departures.js';
import { currentState, type Shipment } from './orders.js';
import type { Tenant } from './tenant.js';

/** What people do with a shipment: from which status, to which. */
interface Step {
  deed: string;
  from: readonly string[];
  to: string;
}

const steps = {
  hold: { deed: 'held', from: ['ENT'], to: 'HEL' },
  release: { deed: 'released', from: ['HEL'], to: 'ENT' },
  pick: { deed: 'picked', from: ['ENT'], to: 'PIC' },
  finalize: { deed: 'finalized', from: ['PIC'], to: 'FIN' },
  cancel: { deed: 'canceled', from: ['ENT', 'HEL', 'PIC'], to: 'CAN' },
} as const satisfies Record<string, Step>;

/** Takes every shipment that is meant through a step, or none when one of them cannot. */
export function move(tenant: Tenant, target: Target, name: 'hold' | 'release' | 'pick' | 'cancel'): Moved[] {
  const aims = aimsOf(tenant, target);
  expectAllowed(aims, steps[name]);
  return aims.map((aim) =>
    setStatus(tenant, aim, steps[name].to, (shipment, now) => {
      if (name === 'pick') shipment.pickedAt = Math.max(now, shipment.createdAt);
    }),
  );
}

/** The goods leave. */
export function finalize(tenant: Tenant, input: ControlOrders['finalize']): Moved[] {
  const aims = aimsOf(tenant, input);
  expectAllowed(aims, steps.finalize);
  if (input.lines.length > 0 || input.packages !== undefined) expectOneEach(aims);
  const now = tenant.clock.now();
  const departed = aims.map(({ order, shipment }) =>
    depart({ order, content: currentState(order).told, shipment, catalog: tenant.catalog }, input, now),
  );
  return aims.map((aim, index) =>
    setStatus(tenant, aim, 'FIN', (shipment) => Object.assign(shipment, departed[index])),
  );
}

/** Sets any code, against all rules. */
export function setShipmentStatus(tenant: Tenant, { status, ...target }: ControlOrders['setShipmentStatus']): Moved[] {
  const aims = aimsOf(tenant, target, () => true);
  return aims.map((aim) => setStatus(tenant, aim, status, () => undefined));
}

function expectAllowed(aims: readonly Aim[], { deed, from }: Step): void {
  for (const { order, shipment } of aims) {
    if (from.includes(shipment.status)) continue;
    const name = nameOf(order, shipment);
    throw new Error(`${name} is ${shipment.status}: only ${from.join(', ')} can be ${deed}.`);
  }
}

function setStatus(
  tenant: Tenant,
  { order, shipment: { id } }: Aim,
  status: string,
  more: (shipment: Shipment, now: number) => void,
): Moved {
  tenant.orders.change(order, (draft, now) => {
    const shipment = shipmentIn(draft, id);
    shipment.status = status;
    shipment.updatedAt = Math.max(now, shipment.createdAt);
    more(shipment, now);
  });
  return { orderId: order.id, shipmentId: id, status };
}
