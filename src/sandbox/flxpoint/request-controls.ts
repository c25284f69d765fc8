import { type Control, control } from '../controls.js';
import { type FlxpointControls, controlSchemas as s } from './control-inputs.js';
import { changed, orderOfRequest, orderWith, requestOutcome } from './control-targets.js';
import { cancelRequest, changeRequest, move, setHandle, voidRequest } from './fulfillment.js';
import { generateRequest, mergeRequest } from './generation.js';
import { addInvoice, goodsOf } from './invoicing.js';
import { everythingLeft, ship } from './shipping.js';
import type { Tenant } from './tenant.js';

type Name =
  | 'generateFulfillmentRequest'
  | 'release'
  | 'process'
  | 'acknowledge'
  | 'failProcessing'
  | 'resend'
  | 'cancelFulfillmentRequest'
  | 'voidFulfillmentRequest'
  | 'crossDock'
  | 'setHandle'
  | 'ship'
  | 'invoice';

/** What happens to the fulfillment requests of an order. */
export function requestControls(current: () => Tenant): Record<Name & keyof FlxpointControls, Control> {
  return {
    generateFulfillmentRequest: control(s.generateFulfillmentRequest, ({ orderId, ...wanted }) => {
      const order = orderWith(current(), orderId);
      return requestOutcome(order, generateRequest(current(), order, wanted));
    }),
    release: control(s.release, ({ fulfillmentRequestId: id }) =>
      changed(current(), id, (change) => move(change, 'release')),
    ),
    process: control(s.process, ({ fulfillmentRequestId: id }) => {
      const order = orderOfRequest(current(), id);
      if (requestOutcome(order, id).handle === 'unprocessed') {
        changed(current(), id, (change) => move(change, 'release'));
      }
      return changed(current(), id, (change) => move(change, 'process'));
    }),
    acknowledge: control(s.acknowledge, ({ fulfillmentRequestId: id, confirmationNumber }) =>
      changed(current(), id, (change) => {
        move(change, 'acknowledge');
        change.request.confirmationNumber = confirmationNumber ?? null;
      }),
    ),
    failProcessing: control(s.failProcessing, ({ fulfillmentRequestId: id, error }) =>
      changed(current(), id, (change) => {
        move(change, 'fail');
        change.request.processingErrorReason = error;
      }),
    ),
    resend: control(s.resend, ({ fulfillmentRequestId: id }) =>
      changed(current(), id, (change) => move(change, 'resend')),
    ),
    cancelFulfillmentRequest: control(
      s.cancelFulfillmentRequest,
      ({ fulfillmentRequestId: id, reason, killOrFillType }) =>
        changed(current(), id, (change) => cancelRequest(change, reason ?? null, killOrFillType)),
    ),
    voidFulfillmentRequest: control(s.voidFulfillmentRequest, ({ fulfillmentRequestId: id, reason }) =>
      changed(current(), id, (change) => voidRequest(change, reason ?? null)),
    ),
    crossDock: control(s.crossDock, ({ fulfillmentRequestId: id, sourceId, handle }) => {
      const order = orderOfRequest(current(), id);
      const into = changeRequest(current(), order, id, 'user', (change) =>
        mergeRequest(current(), order, change, { sourceId: sourceId ?? change.request.sourceId, handle }),
      );
      return requestOutcome(order, into);
    }),
    setHandle: control(s.setHandle, ({ fulfillmentRequestId: id, handle, error }) =>
      changed(current(), id, (change) => {
        setHandle(change, handle);
        change.request.processingErrorReason = error ?? null;
      }),
    ),
    ship: control(s.ship, ({ fulfillmentRequestId: id, items, trackingNumber, shippingCost, ...facts }) =>
      changeRequest(current(), orderOfRequest(current(), id), id, 'source_integration', (change) =>
        ship(current(), change, {
          ...facts,
          trackingNumber: trackingNumber ?? `1Z999AA1${id}${change.request.shipments.length + 1}`,
          trackingUrl: null,
          note: null,
          shippedAt: change.now,
          shippingCost: shippingCost ?? null,
          items: (items ?? everythingLeft(change.request)).map((item) => ({ ...item, customFields: [] })),
          customFields: [],
          allowDuplicateTrackingNumbers: false,
        }),
      ),
    ),
    invoice: control(s.invoice, ({ fulfillmentRequestId: id, ...wanted }) =>
      changeRequest(
        current(),
        orderOfRequest(current(), id),
        id,
        'source_integration',
        (change) => addInvoice(current(), change, { ...wanted, items: goodsOf(change) }).id,
      ),
    ),
  };
}
