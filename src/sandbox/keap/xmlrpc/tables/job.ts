import { isDateType } from '../../custom-fields.js';
import { toMajor, toMicros } from '../../money.js';
import { typeCodeOf } from '../../order-book.js';
import { type Order, type OrderLine, shippingParts } from '../../orders.js';
import { countryCode, regionCode } from '../../regions.js';
import type { Tenant } from '../../tenant.js';
import type { Cell } from '../match.js';
import { applySetters, idIn, notImitated, one, storedContent, type Table } from './table.js';

const shippingReaders = Object.fromEntries(
  shippingParts.map((part) => [`Ship${part}`, (order: Order) => order.shipping.parts[part]]),
);

export const job: Table<Order> = {
  form: 'ORDER',
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(tenant.orders.byJob(id));
    for (const field of tenant.fields.all('ORDER')) {
      const content = isDateType(field.type) ? null : where(`_${field.name}`);
      if (content !== null) return tenant.orders.byCustomField(field.id, content);
    }
    const contactId = idIn(where, 'ContactId');
    return contactId === null ? tenant.orders.live() : tenant.orders.byContact(contactId);
  },
  get: (tenant, id) => tenant.orders.byJob(id),
  createdAt: (order) => order.createdAt,
  read: {
    Id: (order) => order.jobId,
    JobTitle: (order) => order.title,
    ContactId: (order) => order.contactId,
    StartDate: (order) => order.orderTime,
    DueDate: (order) => order.dueTime ?? order.orderTime,
    JobNotes: (order) => order.notes ?? undefined,
    JobStatus: (order) => order.jobStatus ?? undefined,
    DateCreated: (order) => order.createdAt,
    JobRecurringId: (order) => order.recurringOrderId ?? 0,
    OrderType: (order) => (order.orderType === 'ONLINE' ? 'Online' : 'Offline'),
    OrderStatus: (order) => order.orderStatus ?? undefined,
    LastUpdated: (order) => order.modifiedAt,
    ...shippingReaders,
  },
  readCustom: (order, fieldId) => order.customFields.get(fieldId),
  update: (tenant, order, values) => {
    const now = tenant.clock.now();
    applySetters('Job', setters(tenant, order, now), values);
    tenant.orders.touch(order, now);
  },
};

function setters(tenant: Tenant, order: Order, now: number): Record<string, (value: Cell) => void> {
  const { shipping } = order;
  return {
    JobTitle: (value) => {
      order.title = String(value);
    },
    ContactId: (value) => tenant.orders.setContact(order, Number(value), now),
    StartDate: (value) => {
      order.orderTime = Number(value);
    },
    DueDate: (value) => {
      order.dueTime = Number(value);
    },
    JobNotes: (value) => {
      order.notes = String(value);
    },
    JobStatus: (value) => {
      order.jobStatus = String(value);
    },
    OrderStatus: (value) => {
      order.orderStatus = Number(value);
    },
    OrderType: (value) => {
      order.orderType = String(value).toLowerCase() === 'online' ? 'ONLINE' : 'OFFLINE';
    },
    ...Object.fromEntries(
      shippingParts.map((part) => [
        `Ship${part}`,
        (value: Cell) => {
          shipping.parts[part] = String(value);
          shipping.countryCode = countryCode(shipping.parts.Country ?? '');
          shipping.regionCode = regionCode(shipping.parts.State, shipping.countryCode);
        },
      ]),
    ),
    ...Object.fromEntries(
      tenant.fields
        .all('ORDER')
        .map((field) => [
          `_${field.name}`,
          (value: Cell) => tenant.orders.setCustomField(order, field.id, storedContent(field, value), now),
        ]),
    ),
  };
}

interface LineRow {
  order: Order;
  line: OrderLine;
}

export const orderItem: Table<LineRow> = {
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(lineRow(tenant, id));
    const jobId = idIn(where, 'OrderId');
    const orders = jobId === null ? [...tenant.orders.live()] : one(tenant.orders.byJob(jobId));
    return orders.flatMap((order) => order.lines.map((line) => ({ order, line })));
  },
  get: lineRow,
  createdAt: ({ line }) => line.createdAt,
  read: {
    Id: ({ line }) => line.id,
    OrderId: ({ order }) => order.jobId,
    ProductId: ({ line }) => line.productId,
    SubscriptionPlanId: ({ line }) => line.subscriptionPlanId,
    ItemName: ({ line }) => line.name,
    Qty: ({ line }) => line.quantity,
    CPU: ({ line }) => toMajor(line.cost ?? 0),
    PPU: ({ line }) => toMajor(line.price),
    ItemDescription: ({ line }) => line.description ?? undefined,
    ItemType: ({ line }) => typeCodeOf(line),
    Notes: ({ line }) => line.notes ?? undefined,
  },
  update: (tenant, { order, line }, values) => {
    const setters: Record<string, (value: Cell) => void> = {
      ItemName: (value) => {
        line.name = String(value);
      },
      ItemDescription: (value) => {
        line.description = String(value);
      },
      Notes: (value) => {
        line.notes = String(value);
      },
      Qty: (value) => {
        line.quantity = Number(value);
      },
      PPU: (value) => {
        line.price = toMicros(Number(value));
      },
      CPU: (value) => {
        line.cost = toMicros(Number(value));
      },
    };
    applySetters('OrderItem', setters, values);
    tenant.orders.touch(order, tenant.clock.now());
  },
  add: () => {
    throw notImitated('adding an OrderItem by the data service; use InvoiceService.addOrderItem');
  },
};

export const invoiceItem: Table<LineRow> = {
  rows: (tenant, where) => {
    const invoiceId = idIn(where, 'InvoiceId');
    const orders = invoiceId === null ? [...tenant.orders.live()] : one(tenant.orders.byInvoice(invoiceId));
    return orders.flatMap((order) => order.lines.map((line) => ({ order, line })));
  },
  get: lineRow,
  createdAt: ({ line }) => line.createdAt,
  read: {
    Id: ({ line }) => line.invoiceItemId,
    InvoiceId: ({ order }) => order.invoiceId,
    OrderItemId: ({ line }) => line.id,
    InvoiceAmt: ({ line }) => toMajor(line.price * line.quantity),
    Discount: () => 0,
    DateCreated: ({ line }) => line.createdAt,
    Description: ({ line }) => line.name,
    CommissionStatus: () => 0,
  },
};

function lineRow(tenant: Tenant, id: number): LineRow | undefined {
  const order = tenant.orders.byLine(id);
  const line = order?.lines.find((one) => one.id === id);
  return order === undefined || line === undefined ? undefined : { order, line };
}
