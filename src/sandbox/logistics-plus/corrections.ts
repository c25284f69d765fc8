import { given } from '../members.js';
import type { ControlOrders, Moved } from './control-inputs.js';
import { aimsOf, expectOneEach, nameOf, ordersOf, shipmentIn } from './control-targets.js';
import { wmsIdOf } from './ids.js';
import { eachOnce, lineOf } from './line-names.js';
import { currentState, isEditable, type Shipment } from './orders.js';
import { toShip } from './shipments.js';
import type { Tenant } from './tenant.js';

/** Moves goods of a shipment into a new one of the same order. */
export function split(tenant: Tenant, { lines, ...target }: ControlOrders['split']): Moved[] {
  const aims = aimsOf(tenant, target, isEditable);
  for (const { order, shipment } of aims) {
    if (!isEditable(shipment)) throw new Error(`${nameOf(order, shipment)} is ${shipment.status}: too late to split.`);
  }
  expectOneEach(aims);
  for (const { shipment } of aims) expectSplittable(shipment, lines);
  return aims.map((aim) => {
    const id = tenant.ids.next(tenant.clock.now());
    tenant.orders.change(aim.order, (draft, now) => {
      const from = shipmentIn(draft, aim.shipment.id);
      const moved = lines.map(({ line, quantity }) => toShip(lineOf(from.lines, line), quantity));
      for (const line of from.lines) {
        line.quantity -= moved.find(({ lineNumber }) => lineNumber === line.lineNumber)?.quantity ?? 0;
      }
      from.lines = from.lines.filter(({ quantity }) => quantity > 0);
      from.updatedAt = now;
      const at = draft.shipments.indexOf(from) + 1;
      draft.shipments.splice(at, 0, {
        ...structuredClone(from),
        id,
        wmsId: wmsIdOf(id),
        createdAt: now,
        lines: moved,
      });
    });
    return { orderId: aim.order.id, shipmentId: id, status: aim.shipment.status };
  });
}

/** Changes an order and the shipments of it that nobody works on yet. */
export function editOrder(tenant: Tenant, input: ControlOrders['editOrder']): string[] {
  const { lines, note, secondaryReference, ...target } = input;
  const orders = ordersOf(tenant, target);
  for (const order of orders) {
    if (!currentState(order).shipments.some(isEditable)) {
      throw new Error(`Order ${order.id} has no shipment that can still be changed.`);
    }
    for (const { productCode } of lines) {
      if (productCode !== undefined && tenant.catalog.byCode(productCode) === undefined) {
        throw new Error(`There is no product ${productCode}.`);
      }
    }
    for (const { line } of lines) lineOf(currentState(order).content.lines, line);
  }
  for (const order of orders) {
    tenant.orders.correct(order, (content) => {
      if (note !== undefined) content.note = note;
      if (secondaryReference !== undefined) content.secondaryReference = secondaryReference;
      for (const { line, ...change } of lines) Object.assign(lineOf(content.lines, line), given(change));
    });
  }
  return orders.map(({ id }) => id);
}

function expectSplittable(shipment: Shipment, lines: ControlOrders['split']['lines']): void {
  for (const { line, quantity } of lines) {
    const there = lineOf(shipment.lines, line).quantity;
    if (quantity > there) throw new Error(`Line ${line} has ${there}, not ${quantity}.`);
  }
  const moved = eachOnce(shipment.lines, lines);
  const stays = shipment.lines.some((line) => line.quantity > (moved.get(line)?.quantity ?? 0));
  if (!stays) throw new Error('Nothing would be left in the shipment.');
}
