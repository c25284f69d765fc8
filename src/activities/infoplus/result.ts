import type {
  InfoplusEnd,
  InfoplusFulfillment,
  InfoplusMade,
  InfoplusParcel,
  InfoplusShipped,
  InfoplusWanted,
} from '../../workflows/infoplus/contract.js';
import { given } from '../given.js';
import { Kept } from '../kept.js';
import { plain } from '../texts.js';
import { type InfoplusClient, PAGE } from './client.js';
import { tolerated } from './extras.js';
import { courseOf, orderAt, ordersUnder, rootOf } from './family.js';
import { among, questions } from './filter.js';
import { piecesBySku } from './lines.js';
import type { Open } from './open.js';
import type { OrderThere, ShipmentThere } from './shapes.js';

/** Services of carriers are set up, not invented while orders run. */
const KEPT_MS = 60 * 60_000;

/** What became of an order at its end. */
export function resultSteps({ open }: Open) {
  const services = new Kept<string>(KEPT_MS);

  return {
    /** To be asked once the order and its back orders are shipped, cancelled or gone. */
    async readResult(want: InfoplusWanted, { orderNo }: InfoplusMade): Promise<InfoplusEnd> {
      const infoplus = open(want.order);
      const family = await familyOf(infoplus, want, orderNo);
      const shipped = family.filter(({ status }) => status === 'Shipped');
      const parcels = await parcelsOf(infoplus, services, shipped);
      return { ended: courseOf(family) !== 'live', shipped: shippedOf(want, orderNo, family, parcels) };
    },
  };
}

async function familyOf(infoplus: InfoplusClient, want: InfoplusWanted, root: string): Promise<OrderThere[]> {
  const shown = (await ordersUnder(infoplus, want)).filter((order) => rootOf(order) === root);
  if (shown.some(({ orderNo }) => orderNo === root)) return shown;
  const itself = await orderAt(infoplus, root);
  return itself === undefined ? shown : [itself, ...shown];
}

async function parcelsOf(
  infoplus: InfoplusClient,
  services: Kept<string>,
  orders: readonly OrderThere[],
): Promise<InfoplusParcel[]> {
  const numbers = orders.map(({ orderNo }) => orderNo);
  const shipments: ShipmentThere[] = [];
  for (const some of questions(numbers, PAGE)) {
    shipments.push(...(await infoplus.searchShipments(among('orderNo', some))));
  }
  const parcels: InfoplusParcel[] = [];
  for (const shipment of shipments) {
    const orderNo = [shipment.orderNo, ...shipment.orderNoList].find((number) => numbers.includes(number ?? ''));
    // An order that was "unshipped" leaves voided parcels behind; their numbers lead nowhere.
    if (orderNo === undefined || plain(shipment.status) === 'voided') continue;
    const { id, status, trackingNo, carrierCompany, shipDate, weightLbs } = shipment;
    const carrierLabel = await labelOf(infoplus, services, shipment.carrierServiceId);
    parcels.push({
      shipmentId: id,
      orderNo,
      status: status ?? 'Unknown',
      ...given({ trackingNo, carrierCompany, carrierLabel, shipDate, weightLbs }),
    });
  }
  return parcels;
}

/** A name that cannot be had is missed by nobody. */
async function labelOf(
  infoplus: InfoplusClient,
  services: Kept<string>,
  id: number | undefined,
): Promise<string | undefined> {
  if (id === undefined) return undefined;
  let label: string | undefined;
  await tolerated(async () => {
    label = await services.get(String(id), async () => (await infoplus.getCarrierService(id)).label ?? '');
  });
  return label;
}

function shippedOf(
  { order }: InfoplusWanted,
  orderNo: string,
  family: readonly OrderThere[],
  parcels: readonly InfoplusParcel[],
): InfoplusShipped {
  const root = family.find((each) => each.orderNo === orderNo);
  const shipped = family.filter(({ status }) => status === 'Shipped');
  const lines = linesOf(order.lineItems, shipped);
  const tracked = new Set(parcels.filter(({ trackingNo }) => trackingNo !== undefined).map((parcel) => parcel.orderNo));
  const fallbacks = shipped.filter((each) => !tracked.has(each.orderNo));
  const trackingNos = [...parcels, ...fallbacks].flatMap(({ trackingNo }) => trackingNo ?? []);
  return {
    orderNo,
    customerOrderNo: root?.customerOrderNo ?? order.reference,
    status: root?.status ?? 'Deleted',
    fulfillment: fulfillmentOf(family, root === undefined, lines),
    ...given({ shipDate: root?.shipDate, createdAt: root?.createDate }),
    lines,
    parcels,
    trackingNos: [...new Set(trackingNos)],
    withoutTracking: fallbacks.filter(({ trackingNo }) => trackingNo === undefined).map((each) => each.orderNo),
    backOrders: family.filter((each) => each !== root).map(({ orderNo, status }) => ({ orderNo, status })),
  };
}

type Lines = InfoplusShipped['lines'];

/** Each line of the order, and behind them, as ordered 0, goods that shipped without having been ordered. */
function linesOf(wanted: InfoplusWanted['order']['lineItems'], shipped: readonly OrderThere[]): Lines {
  const pieces = piecesBySku(shipped, 'shippedQty');
  const ours = wanted.map(({ sku, orderedQty: ordered }) => {
    const shipped = pieces.get(plain(sku)) ?? 0;
    return { sku, ordered, shipped, difference: shipped - ordered };
  });
  const known = new Set(wanted.map(({ sku }) => plain(sku)));
  const foreign = [...pieces].filter(([sku, shipped]) => !known.has(sku) && shipped !== 0);
  return [...ours, ...foreign.map(([sku, shipped]) => ({ sku, ordered: 0, shipped, difference: shipped }))];
}

function fulfillmentOf(family: readonly OrderThere[], isGone: boolean, lines: Lines): InfoplusFulfillment {
  if (courseOf(family) !== 'shipped') return 'CANCELED';
  if (isGone || family.some(({ status }) => status === 'Cancelled')) return 'PARTLY_CANCELED';
  return lines.every(({ difference }) => difference === 0) ? 'SHIPPED' : 'SHIPPED_WITH_DIFFERENCE';
}
