import { type Control, control } from '../controls.js';
import { type BigcommerceControls, controlSchemas as s } from './control-inputs.js';
import { changed, orderWith, outcomeOf } from './control-targets.js';
import { start } from './payments/capturing.js';
import { bookOutside } from './payments/outside.js';
import { leftToRefund, refundMethods } from './payments/refund-methods.js';
import { startRefund } from './payments/refunding.js';
import type { Store } from './store.js';

type Name =
  | ('capture' | 'void' | 'refund' | 'bookOutsidePayment' | 'declineNext' | 'holdGateways' | 'settleGateways')
  | ('setPaymentStatus' | 'setStock');

/** What people and gateways do with money, and people with the stock. */
export function moneyControls(current: () => Store): Record<Name & keyof BigcommerceControls, Control> {
  const act = (orderId: number, action: 'capture' | 'void') => {
    const order = orderWith(current(), orderId);
    start(current(), order, action, 'person');
    return outcomeOf(order);
  };
  return {
    capture: control(s.capture, ({ orderId }) => act(orderId, 'capture')),
    void: control(s.void, ({ orderId }) => act(orderId, 'void')),
    refund: control(s.refund, ({ orderId, offline, ...wanted }) => {
      const store = current();
      const order = orderWith(store, orderId);
      const amount = wanted.amount ?? leftToRefund(store, order);
      const way = refundMethods(store, order, amount).find((options) =>
        options.every((each) => each.offline === offline),
      );
      if (way === undefined) throw new Error(`Order ${orderId} has no such way to give ${amount} back.`);
      const payments = way.map(({ providerId, amount: part }) => ({ provider_id: providerId, amount: part, offline }));
      const items = [{ item_type: 'ORDER', item_id: orderId, amount, reason: 'by hand' }];
      return startRefund(store, order, { items, payments }, 'person').id;
    }),
    bookOutsidePayment: control(s.bookOutsidePayment, ({ orderId, method, statusId }) => {
      const outcome = changed(current(), orderId, (draft) => {
        draft.statusId = statusId;
        draft.texts.payment_method = method;
      });
      bookOutside(current(), orderWith(current(), orderId));
      return outcome;
    }),
    setPaymentStatus: control(s.setPaymentStatus, ({ orderId, paymentStatus }) =>
      changed(current(), orderId, (draft) => {
        draft.paymentStatus = paymentStatus;
      }),
    ),
    declineNext: control(s.declineNext, ({ action, orderId, ...outcome }) =>
      current().gateways.plan(action, { result: 'declined', ...outcome }, orderId),
    ),
    holdGateways: control(s.holdGateways, ({ held }) => {
      current().gateways.held = held;
    }),
    settleGateways: control(s.settleGateways, ({ orderId }) => current().gateways.release(orderId)),
    setStock: control(s.setStock, ({ sku, onHand, locationId }) => {
      const { catalog, stock } = current();
      const variant = catalog.bySku(sku);
      const item = variant && stock.of(variant);
      if (item === undefined) throw new Error(`There is no stock of ${sku}.`);
      stock.moveAt(item, locationId, onHand - (item.onHand.get(locationId) ?? 0), 'hand', null);
    }),
  };
}
