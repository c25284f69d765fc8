import type { Row } from './field-types.js';
import { lineFields, orderFields } from './order-fields.js';
import type { Order, OrderLine } from './orders.js';
import type { Site } from './site.js';
import { view } from './view.js';

/** Rows are asked for again at each search; an order never changes. */
const rows = new WeakMap<Order, Row>();

/** An order by the names of its fields. */
export function orderRow(order: Order): Row {
  const row = rows.get(order) ?? newRow(order);
  rows.set(order, row);
  return row;
}

function newRow(order: Order): Row {
  const { fields, lines, shipping } = order;
  return {
    ...fields,
    orderNo: order.orderNo,
    groupOrderId: order.groupOrderId,
    status: order.status,
    createDate: order.createdAt,
    modifyDate: order.modifiedAt,
    enteredBy: order.enteredBy,
    fulfillmentProcessId: order.fulfillmentProcessId,
    numberOfLineItems: lines.length,
    totalQty: lines.reduce((sum, { orderedQty }) => sum + orderedQty, 0),
    shipDate: shipping?.shipDate,
    shippedDate: shipping?.shippedAt,
    freight: shipping?.freight,
    weightLbs: shipping?.weightLbs,
    numberOfCartons: shipping?.numberOfCartons,
    requestedParcelAccessories: order.requestedParcelAccessories,
    extraOrderData: order.extraOrderData,
    extraLineItemData: order.extraLineItemData,
    customFields: order.customFields,
  };
}

export function lineRow({ fields: { lobId }, orderNo }: Order, line: OrderLine): Row {
  const { fields, ...members } = line;
  return { ...fields, ...members, orderNo, lobId };
}

/** An order as the API shows it. `trackingNo` is in no model and named by the running text. */
export function orderView({ settings }: Site, order: Order): Record<string, unknown> {
  const form = settings.orderNumbers;
  return {
    ...view(orderRow(order), orderFields, form),
    ...(settings.trackingNoOnOrder && { trackingNo: order.shipping?.trackingNo ?? null }),
    lineItems: order.lines.map((line) => view(lineRow(order, line), lineFields, form)),
  };
}

/** What only the warehouse knows of an order or a line; a template has none of it. */
const ofTheOriginal = {
  ...{ orderNo: null, groupOrderId: null, status: null, createDate: null, modifyDate: null, enteredBy: null },
  ...{ fulfillmentProcessId: null, shipDate: null, shippedDate: null, freight: null, weightLbs: null },
  ...{ numberOfCartons: null },
};
const ofTheOriginalLine = { id: null, orderNo: null, allowedQty: null, shippedQty: null, backorderQty: null };

/** An order of the same shape, to be sent as a new one. */
export function templateView({ settings }: Site, order: Order): Record<string, unknown> {
  const form = settings.orderNumbers;
  return {
    ...view({ ...orderRow(order), ...ofTheOriginal }, orderFields, form),
    lineItems: order.lines.map((line) => view({ ...lineRow(order, line), ...ofTheOriginalLine }, lineFields, form)),
  };
}
