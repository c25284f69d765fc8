import { type Control, control } from '../controls.js';
import { redacted } from './addresses.js';
import { type FlxpointControls, controlSchemas as s } from './control-inputs.js';
import { orderOfItem, orderOutcome, orderWith } from './control-targets.js';
import { addItem, cancelLine, editLine, setOrderStatus } from './order-changes.js';
import { addReturn } from './returns.js';
import { importOrder } from './seeding.js';
import type { Tenant } from './tenant.js';

type Name =
  | 'seedOrder'
  | 'setOrderStatus'
  | 'setPaymentStatus'
  | 'addLineByHand'
  | 'cancelLine'
  | 'editLine'
  | 'redactAddresses'
  | 'return';

/** What happens to an order and its lines. */
export function orderControls(current: () => Tenant): Record<Name & keyof FlxpointControls, Control> {
  return {
    seedOrder: control(s.seedOrder, ({ lines, ...input }) => {
      const tenant = current();
      const known = lines.map(({ sku, ...line }) => ({ ...line, variant: tenant.catalog.expect(sku) }));
      const order = importOrder(tenant, { ...input, lines: known }, tenant.clock.now());
      tenant.configurations.tell('OrderImportedEvent', order);
      return orderOutcome(order);
    }),
    setOrderStatus: control(s.setOrderStatus, ({ orderId, orderStatus, note }) => {
      const order = orderWith(current(), orderId);
      setOrderStatus(current(), order, orderStatus, 'user', note ?? null);
      return orderOutcome(order);
    }),
    setPaymentStatus: control(s.setPaymentStatus, ({ orderId, paymentStatus }) => {
      const order = orderWith(current(), orderId);
      current().orders.change(order, 'channel_integration', ({ draft, record, touch }) => {
        draft.paymentStatus = paymentStatus;
        record('payment_status_changed', paymentStatus);
        touch();
      });
      return orderOutcome(order);
    }),
    addLineByHand: control(s.addLineByHand, ({ orderId, sku, ...line }) => {
      const tenant = current();
      const order = orderWith(tenant, orderId);
      const wanted = { ...line, variant: tenant.catalog.expect(sku) };
      return addItem(tenant, order, wanted, { addedBy: 'person', interaction: 'user' }).id;
    }),
    cancelLine: control(s.cancelLine, ({ orderItemId, quantity }) => {
      const order = orderOfItem(current(), orderItemId);
      cancelLine(current(), order, orderItemId, quantity);
      return orderOutcome(order);
    }),
    editLine: control(s.editLine, ({ orderItemId, ...wanted }) => {
      const order = orderOfItem(current(), orderItemId);
      editLine(current(), order, orderItemId, wanted);
      return orderOutcome(order);
    }),
    redactAddresses: control(s.redactAddresses, ({ orderId }) => {
      const order = orderWith(current(), orderId);
      current().orders.change(order, 'user', ({ draft, record, touch }) => {
        for (const place of [draft, ...draft.items]) {
          if (place.shippingAddress !== null) place.shippingAddress = redacted(place.shippingAddress);
        }
        if (draft.billingAddress !== null) draft.billingAddress = redacted(draft.billingAddress);
        record('address_changed');
        touch();
      });
      return orderOutcome(order);
    }),
    return: control(s.return, ({ orderId, items, returnNumber }) => {
      const order = orderWith(current(), orderId);
      return addReturn(current(), order, { returnNumber, items }, 'user').id;
    }),
  };
}
