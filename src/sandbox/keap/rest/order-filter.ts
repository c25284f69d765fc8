import { isDateType, isNumericType } from '../custom-fields.js';
import { payStatusOf } from '../order-totals.js';
import type { Order } from '../orders.js';
import type { Tenant } from '../tenant.js';
import { customFieldFilter } from './custom-field-filter.js';
import {
  booleanField,
  type Condition,
  type FilterField,
  type FilterFields,
  filterBy,
  idsField,
  numberField,
  sinceField,
  textField,
  untilField,
} from './filter.js';

const standard: FilterFields<Order> = {
  id: numberField((order) => order.jobId, 'all'),
  ids: idsField((order) => [order.jobId]),
  product_id: idsField((order) => order.lines.map((line) => line.productId)),
  contact_id: numberField((order) => order.contactId),
  invoice_id: numberField((order) => order.invoiceId),
  // No order of the sandbox has an invoice of the other editions of Keap, which is what an xid names.
  invoice_xid: textField(() => null),
  paid: booleanField((order) => payStatusOf(order) === 1),
  created_since_time: sinceField((order) => order.createdAt),
  created_until_time: untilField((order) => order.createdAt),
  modified_since_time: sinceField((order) => order.modifiedAt),
  modified_until_time: untilField((order) => order.modifiedAt),
  title: textField((order) => order.title, true),
  order_type: textField((order) => order.orderType),
  shipping_locality: textField((order) => order.shipping.parts.City ?? null),
  shipping_region_code: textField((order) => order.shipping.regionCode),
  shipping_postal_code: textField((order) => order.shipping.parts.Zip ?? null),
  shipping_country_code: textField((order) => order.shipping.countryCode),
};

/** The orders that meet all conditions, found through an index where a condition has one. */
export function findOrders(tenant: Tenant, conditions: readonly Condition[]): Order[] {
  const meets = filterBy<Order>(conditions, (name) => fieldNamed(tenant, name));
  const found = [...candidates(tenant, conditions)].filter(
    (order) => meets(order) && tenant.visibleInLists(order.createdAt),
  );
  return found.sort((a, b) => a.jobId - b.jobId);
}

/** A standard field wins over a custom field of the same name. */
function fieldNamed(tenant: Tenant, name: string): FilterField<Order> | undefined {
  if (Object.hasOwn(standard, name)) return standard[name];
  const field = tenant.fields.byApiName('ORDER', name);
  return field === undefined ? undefined : customFieldFilter(field);
}

function candidates(tenant: Tenant, conditions: readonly Condition[]): Iterable<Order> {
  for (const { field, operator, value } of conditions) {
    if (operator !== '==') continue;
    if (field === 'id') return one(tenant.orders.byJob(Number(value)));
    if (field === 'invoice_id') return one(tenant.orders.byInvoice(Number(value)));
    if (field === 'contact_id') return tenant.orders.byContact(Number(value));
    const custom = tenant.fields.byApiName('ORDER', field);
    if (custom !== undefined && !value.endsWith('*') && !isNumericType(custom.type) && !isDateType(custom.type)) {
      return tenant.orders.byCustomField(custom.id, value);
    }
  }
  return tenant.orders.live();
}

const one = (order: Order | undefined): Order[] => (order === undefined ? [] : [order]);
