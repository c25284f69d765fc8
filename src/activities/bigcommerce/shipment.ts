import type {
  BigcommerceAt,
  BigcommerceLine,
  BigcommerceMade,
  BigcommerceParcel,
  BigcommercePosted,
  BigcommerceShip,
} from '../../workflows/bigcommerce/contract.js';
import type { Found } from '../../workflows/found.js';
import { failure } from '../failure.js';
import { sameText } from '../texts.js';
import { write } from '../write.js';
import { detailsOf } from './details.js';
import type { Open } from './open.js';
import type { ProductThere, ShipmentThere } from './shapes.js';

/** What a parcel is made of; or that it had been posted before; or why it cannot be posted, for a person. */
export type PlannedParcel =
  | { readonly parcel: BigcommerceParcel }
  | { readonly posted: string }
  | { readonly refused: string };

/** Parcels: each is one shipment, whose number the customer gets by mail. */
export function shipmentSteps({ open }: Open) {
  return {
    /** Never over what is left of a line: quantity less what has shipped and what was given back. */
    async planShipment(at: BigcommerceAt, made: BigcommerceMade, ship: BigcommerceShip): Promise<PlannedParcel> {
      const { store } = open(at);
      const there = await store.shipmentsOf(at.orderId);
      const products = await store.productsOf(at.orderId);
      const before = there.find((each) => sameText(each.tracking_number, ship.tracking_number));
      const wanted = itemsOf(ship, made.lines, products, before);
      if ('refused' in wanted) return wanted;
      if (before !== undefined) {
        if (holds(before, wanted.items)) return { posted: before.id };
        return { refused: `${ship.tracking_number} is shipment ${before.id} already, which holds other goods` };
      }
      if (made.addressId === undefined) return { refused: 'the order has no address to ship to' };
      if (wanted.items.length === 0) return { refused: 'nothing is left to ship' };
      const { lines: _, corrects: __, ...parcel } = ship;
      return { parcel: { ...parcel, addressId: made.addressId, items: wanted.items } };
    },

    /** @param id a shipment's id that a person gave: only that one counts */
    async findShipment(at: BigcommerceAt, parcel: BigcommerceParcel, id?: string): Promise<Found<BigcommercePosted>> {
      const all = await open(at).store.shipmentsOf(at.orderId);
      const found = all.filter((each) =>
        id === undefined ? sameText(each.tracking_number, parcel.tracking_number) : each.id === id.trim(),
      );
      const [first, ...more] = found;
      if (first === undefined) return { state: 'none' };
      const ids = found.map((each) => each.id);
      if (more.length > 0) return { state: 'several', why: `shipments ${ids.join(' and ')} carry the number`, ids };
      if (!holds(first, parcel.items)) {
        return { state: 'other', why: `shipment ${first.id} carries the number and holds other goods`, ids };
      }
      return { state: 'same', it: { shipmentId: first.id } };
    },

    /** Looks once more right before it sends: the platform itself would take the same parcel twice. */
    async createShipment(at: BigcommerceAt, parcel: BigcommerceParcel): Promise<BigcommercePosted> {
      return write('createShipment', async () => {
        const { store } = open(at, [], [parcel.tracking_number]);
        const there = await store.shipmentsOf(at.orderId);
        if (there.some((each) => sameText(each.tracking_number, parcel.tracking_number))) {
          throw failure('OutcomeUnknown', `${parcel.tracking_number} has appeared before it was sent`, detailsOf(at));
        }
        const { addressId, items, ...fields } = parcel;
        const { id } = await store.createShipment(at.orderId, {
          ...fields,
          order_address_id: Number(addressId),
          items: items.map(({ orderProductId, quantity }) => ({ order_product_id: Number(orderProductId), quantity })),
        });
        return { shipmentId: id };
      });
    },

    /** Another number for a parcel that was reported. The customer is told nothing: the mail has gone. */
    async correctShipment(
      at: BigcommerceAt,
      { lines: _, corrects = '', ...fields }: BigcommerceShip,
    ): Promise<BigcommercePosted | { readonly refused: string }> {
      const { store } = open(at, [], [fields.tracking_number, corrects]);
      const all = await store.shipmentsOf(at.orderId);
      const done = all.find((each) => sameText(each.tracking_number, fields.tracking_number));
      const wrong = all.find((each) => sameText(each.tracking_number, corrects));
      if (wrong === undefined) {
        return done === undefined ? { refused: `no parcel was reported as ${corrects}` } : { shipmentId: done.id };
      }
      if (done !== undefined && done !== wrong) {
        return { refused: `${fields.tracking_number} is another parcel already, shipment ${done.id}` };
      }
      await store.updateShipment(at.orderId, wrong.id, fields);
      return { shipmentId: wrong.id };
    },
  };
}

type Items = BigcommerceParcel['items'];

/** What a parcel holds. Without lines: what it holds already, if it was posted before, or else all that is left. */
function itemsOf(
  ship: BigcommerceShip,
  lines: readonly BigcommerceLine[],
  products: readonly ProductThere[],
  before: ShipmentThere | undefined,
): { readonly items: Items } | { readonly refused: string } {
  if (ship.lines === undefined) {
    if (before !== undefined) return { items: itemsIn(before) };
    const rest = lines.filter(({ type }) => type === 'physical').map((line) => itemOf(line, restOf(line, products)));
    return { items: rest.filter(({ quantity }) => quantity > 0) };
  }
  const items: { orderProductId: string; quantity: number }[] = [];
  for (const { ref, quantity } of ship.lines) {
    const line = lines.find((each) => each.ref.toLowerCase() === ref.toLowerCase());
    if (line === undefined) return { refused: `there is no line ${ref}` };
    const rest = restOf(line, products);
    if (before === undefined && quantity > rest) {
      return { refused: `line ${ref}: ${rest} of ${line.quantity} is left to ship, not ${quantity}` };
    }
    items.push(itemOf(line, quantity));
  }
  return { items };
}

const itemOf = ({ orderProductId }: BigcommerceLine, quantity: number) => ({ orderProductId, quantity });

/** What is left of a line: it ships no more than once, and not what was given back. */
function restOf({ orderProductId }: BigcommerceLine, products: readonly ProductThere[]): number {
  const there = products.find(({ id }) => id === orderProductId);
  return there === undefined ? 0 : Math.max(0, there.quantity - there.quantity_shipped - there.quantity_refunded);
}

const itemsIn = ({ items }: ShipmentThere): Items =>
  items.map(({ order_product_id, quantity }) => ({ orderProductId: order_product_id, quantity }));

function holds(shipment: ShipmentThere, wanted: Items): boolean {
  const held = itemsIn(shipment);
  const amountOf = (items: Items, id: string) =>
    items.filter((each) => each.orderProductId === id).reduce((sum, { quantity }) => sum + quantity, 0);
  const ids = new Set([...held, ...wanted].map(({ orderProductId }) => orderProductId));
  return [...ids].every((id) => amountOf(held, id) === amountOf(wanted, id));
}
