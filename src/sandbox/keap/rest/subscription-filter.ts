import { toMajor } from '../money.js';
import type { Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import { customFieldFilter } from './custom-field-filter.js';
import {
  type Condition,
  type FilterField,
  type FilterFields,
  filterBy,
  idsField,
  numberField,
  textField,
} from './filter.js';

const standard: FilterFields<Subscription> = {
  contact_id: numberField((one) => one.contactId),
  subscription_plan_id: numberField((one) => one.planId),
  subscription_plan_ids: idsField((one) => [one.planId]),
  status: textField((one) => one.status),
  id: numberField((one) => one.id, 'all'),
  ids: idsField((one) => [one.id]),
  billing_amount: numberField((one) => toMajor(one.price), 'all'),
};

/** The subscriptions that meet all conditions, the stopped ones too, by id. */
export function findSubscriptions(tenant: Tenant, conditions: readonly Condition[]): Subscription[] {
  const meets = filterBy<Subscription>(conditions, (name) => fieldNamed(tenant, name));
  return [...tenant.subscriptions.all()].filter((one) => meets(one) && tenant.visibleInLists(one.createdAt));
}

/** A standard field wins over a custom field of the same name. */
function fieldNamed(tenant: Tenant, name: string): FilterField<Subscription> | undefined {
  if (Object.hasOwn(standard, name)) return standard[name];
  const field = tenant.fields.byApiName('SUBSCRIPTION', name);
  return field === undefined ? undefined : customFieldFilter(field);
}
