import type { z } from 'zod';
import { type Control, control } from '../controls.js';
import { type FlxpointControls, controlSchemas as s } from './control-inputs.js';
import {
  changed,
  orderOfRequest,
  orderWith,
  type RequestName,
  requestNamed,
  requestOutcome,
} from './control-targets.js';
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
  /** A control of the request that its input names. */
  const ofRequest = <Schema extends z.ZodType<RequestName>>(
    schema: Schema,
    run: (id: number, input: Omit<z.output<Schema>, keyof RequestName>) => unknown,
  ): Control =>
    control(schema, ({ fulfillmentRequestId, orderId, ...input }) =>
      run(requestNamed(current(), { fulfillmentRequestId, orderId }), input),
    );
  /** One that a step is taken with. */
  const taking = (schema: z.ZodType<RequestName>, step: Parameters<typeof move>[1]): Control =>
    ofRequest(schema, (id) => changed(current(), id, (change) => move(change, step)));
  return {
    generateFulfillmentRequest: control(s.generateFulfillmentRequest, ({ orderId, ...wanted }) => {
      const order = orderWith(current(), orderId);
      return requestOutcome(order, generateRequest(current(), order, wanted));
    }),
    release: taking(s.release, 'release'),
    process: ofRequest(s.process, (id) => {
      const order = orderOfRequest(current(), id);
      if (requestOutcome(order, id).handle === 'unprocessed') {
        changed(current(), id, (change) => move(change, 'release'));
      }
      return changed(current(), id, (change) => move(change, 'process'));
    }),
    acknowledge: ofRequest(s.acknowledge, (id, { confirmationNumber }) =>
      changed(current(), id, (change) => {
        move(change, 'acknowledge');
        change.request.confirmationNumber = confirmationNumber ?? null;
      }),
    ),
    failProcessing: ofRequest(s.failProcessing, (id, { error }) =>
      changed(current(), id, (change) => {
        move(change, 'fail');
        change.request.processingErrorReason = error;
      }),
    ),
    resend: taking(s.resend, 'resend'),
    cancelFulfillmentRequest: ofRequest(s.cancelFulfillmentRequest, (id, { reason, killOrFillType }) =>
      changed(current(), id, (change) => cancelRequest(change, reason ?? null, killOrFillType)),
    ),
    voidFulfillmentRequest: ofRequest(s.voidFulfillmentRequest, (id, { reason }) =>
      changed(current(), id, (change) => voidRequest(change, reason ?? null)),
    ),
    crossDock: ofRequest(s.crossDock, (id, { sourceId, handle }) => {
      const order = orderOfRequest(current(), id);
      const into = changeRequest(current(), order, id, 'user', (change) =>
        mergeRequest(current(), order, change, { sourceId: sourceId ?? change.request.sourceId, handle }),
      );
      return requestOutcome(order, into);
    }),
    setHandle: ofRequest(s.setHandle, (id, { handle, error }) =>
      changed(current(), id, (change) => {
        setHandle(change, handle);
        change.request.processingErrorReason = error ?? null;
      }),
    ),
    ship: ofRequest(s.ship, (id, { items, trackingNumber, shippingCost, ...facts }) =>
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
    invoice: ofRequest(s.invoice, (id, wanted) =>
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
