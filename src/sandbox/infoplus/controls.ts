import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { type InfoplusControls, controlSchemas as s } from './control-inputs.js';
import { messageAbout } from './messages.js';
import { orderNumberFrom } from './order-numbers.js';
import { infoplusSeed } from './seed.js';
import type { Site } from './site.js';
import {
  cancelOrders,
  deleteOrders,
  holdOrders,
  processOrders,
  receiveStock,
  setShipmentStatus,
  setStatus,
  shipOrders,
  takeBack,
} from './warehouse.js';

/** The controls of the site that `current` gives at the time of each call: a reset puts another in its place. */
export function infoplusControls(current: () => Site): Record<keyof InfoplusControls, Control> {
  return {
    process: control(s.process, (target) => processOrders(current(), target)),
    ship: control(s.ship, (input) => shipOrders(current(), input)),
    backOrder: control(s.backOrder, ({ skus, ...target }) => processOrders(current(), target, skus ?? 'all')),
    receiveStock: control(s.receiveStock, (input) => receiveStock(current(), input)),
    cancel: control(s.cancel, (target) => cancelOrders(current(), target)),
    voidShipment: control(s.voidShipment, (input) => takeBack(current(), input)),
    setShipmentStatus: control(s.setShipmentStatus, (input) => setShipmentStatus(current(), input)),
    setStatus: control(s.setStatus, (input) => setStatus(current(), input)),
    holdOrder: control(s.holdOrder, (input) => holdOrders(current(), input)),
    deleteOrder: control(s.deleteOrder, (target) => deleteOrders(current(), target)),
    seedItem: control(s.seedItem, (item) => current().items.add(item).id),
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
    webhook: control(s.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(s.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    sendWebhook: control(s.sendWebhook, ({ orderNo, ...wanted }) => {
      const { orders, webhooks } = current();
      const order = orders.get(orderNumberFrom(orderNo) ?? 0);
      const known =
        order === undefined
          ? { event: 'order.status', orderNo, lobId: infoplusSeed.lobId, status: 'On Order', customerOrderNo: null }
          : messageAbout(order);
      const message = { ...known, ...given(wanted) };
      webhooks.sendByHand(message.customerOrderNo ?? orderNo, JSON.stringify(message));
    }),
  };
}
