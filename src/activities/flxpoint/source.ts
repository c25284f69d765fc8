import type {
  FlxpointAt,
  FlxpointMade,
  FlxpointParcel,
  FlxpointPosted,
  FlxpointShip,
} from '../../workflows/flxpoint/contract.js';
import type { Found } from '../../workflows/found.js';
import { failureType } from '../failure.js';
import { sameText } from '../texts.js';
import { write } from '../write.js';
import type { Open } from './open.js';
import { peopleOfRequest } from './people.js';
import { readWhole, type WholeOrder } from './reading.js';
import type { RequestThere, ShipmentThere } from './shapes.js';
import { isAcknowledgeable, isLive, isOurs, itemsOf, orderItemOf, restOf } from './standing.js';

/** What a parcel is made of, or why it cannot be posted, for a person. */
type Planned = { readonly parcels: readonly FlxpointParcel[] } | { readonly refused: string };

/** What the source does that Waybill plays: it acknowledges, and ships with tracking numbers of its own. */
export function sourceSteps({ open, settings }: Open) {
  return {
    /** A refusal is told, and no failure: the goods are none the worse for it. */
    async acknowledge(at: FlxpointAt, id: string): Promise<{ refused?: string }> {
      const request = await open(at).getRequest(id);
      if (request.fulfillmentRequestStatus === 'acknowledged') return {};
      try {
        await open(at, peopleOfRequest(request), [id]).acknowledge(id);
        return {};
      } catch (error) {
        if (failureType(error) !== 'Rejected') throw error;
        const { message } = error as Error;
        // One refusal says that it is done.
        if (/already acknowledged/i.test(message)) return {};
        return {
          refused: `fulfillment request ${request.fulfillmentRequestNumber ?? id} is not acknowledged: ${message}`,
        };
      }
    },

    /** Says which fulfillment requests a parcel is of: one posting each. What was posted under its number before is left out. */
    async planShipment(at: FlxpointAt, ship: FlxpointShip, lines: readonly FlxpointMade[]): Promise<Planned> {
      if (settings.playSource !== true) return { refused: `${at.connection} plays no source (playSource)` };
      const whole = await readWhole(open(at), settings, at.reference);
      const ours = whole.requests.filter((request) => isOurs(request, settings));
      const parcels = new Map<string, FlxpointParcel['items'][number][]>();
      for (const { reference, quantity } of ship.lines) {
        const made = lines.find((line) => line.reference.toLowerCase() === reference.toLowerCase());
        if (made === undefined) return { refused: `there is no line ${reference}` };
        let missing = quantity - postedOf(made, ship.trackingNumber, ours, whole);
        for (const request of ours.filter(canShip)) {
          const part = Math.min(missing, openOf(request, made));
          if (part <= 0) continue;
          parcels.set(request.id, [
            ...(parcels.get(request.id) ?? []),
            { orderItemId: made.orderItemId, quantity: part },
          ]);
          missing -= part;
        }
        if (missing > 0) {
          return { refused: `line ${reference}: the source is asked for ${quantity - missing} of ${quantity} only` };
        }
      }
      const { lines: _, ...parcel } = ship;
      return {
        parcels: [...parcels].map(([fulfillmentRequestId, items]) => {
          const toAcknowledge = ours.some(
            (request) => request.id === fulfillmentRequestId && isAcknowledgeable(request),
          );
          return { ...parcel, fulfillmentRequestId, toAcknowledge, items };
        }),
      };
    },

    /** @param id a shipment's id that a person gave: only that one counts */
    async findShipment(at: FlxpointAt, parcel: FlxpointParcel, id?: string): Promise<Found<FlxpointPosted>> {
      const whole = await readWhole(open(at), settings, at.reference);
      const there = shipmentsUnder(parcel.trackingNumber, parcel.fulfillmentRequestId, whole);
      const found = id === undefined ? there : there.filter((each) => each.id === id.trim());
      const [shipment, ...more] = found;
      if (shipment === undefined) return { state: 'none' };
      const ids = found.map((each) => each.id);
      if (more.length > 0) return { state: 'several', why: `shipments ${ids.join(' and ')} carry the number`, ids };
      if (!holdsSame(shipment, parcel, whole)) {
        return { state: 'other', why: `shipment ${shipment.id} carries the number and holds other goods`, ids };
      }
      return { state: 'same', it: { shipmentId: shipment.id } };
    },

    async createShipment(at: FlxpointAt, parcel: FlxpointParcel): Promise<FlxpointPosted> {
      return write('createShipment', async () => {
        const { fulfillmentRequestId, toAcknowledge: _, items, ...shipment } = parcel;
        await open(at, [], [parcel.trackingNumber, fulfillmentRequestId]).createShipment({
          fulfillmentRequestId: Number(fulfillmentRequestId),
          allowDuplicateTrackingNumbers: false,
          shipment: {
            ...shipment,
            shipmentItems: items.map(({ orderItemId, quantity }) => ({ orderItemId: Number(orderItemId), quantity })),
          },
        });
        return {};
      });
    },
  };
}

/** Not while it waits to be released, nor when something is wrong with it. */
const canShip = (request: RequestThere): boolean =>
  isLive(request) && (isAcknowledgeable(request) || request.fulfillmentRequestStatus === 'acknowledged');

const openOf = (request: RequestThere, { orderItemId }: FlxpointMade): number =>
  itemsOf(request)
    .filter((item) => item.orderItemId === orderItemId)
    .reduce((sum, item) => sum + restOf(item), 0);

function shipmentsUnder(trackingNumber: string, requestId: string, { shipments }: WholeOrder): ShipmentThere[] {
  return shipments.filter(
    (each) =>
      (each.fulfillmentRequestId ?? each.purchaseOrderId) === requestId &&
      sameText(each.trackingNumber, trackingNumber),
  );
}

/** What was posted of a line under a tracking number. */
function postedOf(
  { orderItemId }: FlxpointMade,
  trackingNumber: string,
  ours: readonly RequestThere[],
  whole: WholeOrder,
): number {
  return ours
    .flatMap(({ id }) => shipmentsUnder(trackingNumber, id, whole))
    .flatMap(({ shipmentItems }) => shipmentItems)
    .filter((part) => orderItemOf(part, whole.requests) === orderItemId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function holdsSame(shipment: ShipmentThere, { items }: FlxpointParcel, { requests }: WholeOrder): boolean {
  const held = (orderItemId: string) =>
    shipment.shipmentItems
      .filter((part) => orderItemOf(part, requests) === orderItemId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    items.every(({ orderItemId, quantity }) => held(orderItemId) === quantity) &&
    shipment.shipmentItems.every((part) => items.some((item) => item.orderItemId === orderItemOf(part, requests)))
  );
}
