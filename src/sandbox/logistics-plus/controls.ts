import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import { serialAttribute } from './catalog.js';
import { type LogisticsPlusControls, controlSchemas as s } from './control-inputs.js';
import { editOrder, split } from './corrections.js';
import { bodyOf, noticeOf } from './notices.js';
import { logisticsPlusSeed } from './seed.js';
import type { Tenant } from './tenant.js';
import { finalize, move, setShipmentStatus } from './warehouse.js';

/** The controls of the tenant that `current` gives at the time of each call: a reset puts another in its place. */
export function logisticsPlusControls(current: () => Tenant): Record<keyof LogisticsPlusControls, Control> {
  return {
    hold: control(s.hold, (target) => move(current(), target, 'hold')),
    release: control(s.release, (target) => move(current(), target, 'release')),
    pick: control(s.pick, (target) => move(current(), target, 'pick')),
    cancel: control(s.cancel, (target) => move(current(), target, 'cancel')),
    finalize: control(s.finalize, (input) => finalize(current(), input)),
    split: control(s.split, (input) => split(current(), input)),
    setShipmentStatus: control(s.setShipmentStatus, (input) => setShipmentStatus(current(), input)),
    editOrder: control(s.editOrder, (input) => editOrder(current(), input)),
    seedProduct: control(s.seedProduct, ({ serialized, ...product }) => {
      const { catalog, clock } = current();
      const mode = serialized && { pickMode: 'ANE' as const, productAttributes: [serialAttribute] };
      return catalog.add({ ...product, ...mode }, clock.now()).id;
    }),
    settings: control(s.settings, (changes) => {
      Object.assign(current().settings, given(changes));
    }),
    webhook: control(s.webhook, (changes) => {
      Object.assign(current().webhook, given(changes));
    }),
    releaseWebhooks: control(s.releaseWebhooks, ({ count }) => current().webhooks.release(count)),
    sendWebhook: control(s.sendWebhook, ({ reference, ...wanted }) => {
      const { orders, webhook, webhooks } = current();
      const order = orders.byReference(reference).at(-1);
      const known =
        order === undefined
          ? {
              warehouseCode: logisticsPlusSeed.warehouses[0],
              primaryReference: reference,
              status: 'PRS',
              shipments: [],
            }
          : noticeOf(order);
      webhooks.sendByHand(reference, bodyOf({ ...known, ...given(wanted) }, webhook.form));
    }),
  };
}
