import { isCycleCode } from '../../billing-cycle.js';
import { startOfEasternDay } from '../../eastern-time.js';
import { toMajor, toMicros } from '../../money.js';
import { newSubscription } from '../../subscribing.js';
import type { Subscription } from '../../subscriptions.js';
import type { Tenant } from '../../tenant.js';
import { namedFault } from '../fault.js';
import type { Cell } from '../match.js';
import { idIn, notImitated, one, storedContent, type Table } from './table.js';

export const recurringOrder: Table<Subscription> = {
  form: 'SUBSCRIPTION',
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    return id === null ? tenant.subscriptions.all() : one(tenant.subscriptions.get(id));
  },
  get: (tenant, id) => tenant.subscriptions.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ContactId: (row) => row.contactId,
    OriginatingOrderId: (row) => row.originatingJobId ?? undefined,
    ProgramId: (row) => row.planId,
    SubscriptionPlanId: (row) => row.planId,
    ProductId: (row) => row.productId,
    StartDate: (row) => row.startDay,
    EndDate: (row) => row.endDay ?? undefined,
    LastBillDate: (row) => row.lastBillDay ?? undefined,
    PaidThruDate: (row) => row.lastBillDay ?? undefined,
    NextBillDate: (row) => row.nextBillDay,
    BillingCycle: (row) => row.cycle,
    Frequency: (row) => row.frequency,
    BillingAmt: (row) => toMajor(row.price),
    Status: (row) => row.status,
    ReasonStopped: (row) => row.reasonStopped ?? undefined,
    AutoCharge: (row) => Number(row.autoCharge),
    CC1: (row) => row.cardId,
    NumDaysBetweenRetry: (row) => row.daysBetweenRetries,
    MaxRetry: (row) => row.maxAttempts,
    MerchantAccountId: (row) => row.merchantAccountId,
    AffiliateId: (row) => row.affiliateId,
    LeadAffiliateId: (row) => row.leadAffiliateId,
    PromoCode: (row) => row.promoCode ?? undefined,
    Qty: (row) => row.quantity,
    ShippingOptionId: (row) => row.shippingOptionId,
  },
  readCustom: (row, fieldId) => row.customFields.get(fieldId),
  /** Looks for no duplicates, and charges nobody unless told to. */
  add: (tenant, values) => {
    const { customFields, ...wanted } = wantedFrom(tenant, values);
    const plan = wanted.planId === undefined ? undefined : tenant.catalog.plan(wanted.planId);
    if (plan === undefined) throw namedFault('InvalidParameter', 'A RecurringOrder needs a SubscriptionPlanId');
    if (wanted.contactId === undefined) throw namedFault('InvalidParameter', 'A RecurringOrder needs a ContactId');
    const now = tenant.clock.now();
    const added = newSubscription(
      plan,
      {
        autoCharge: false,
        ...wanted,
        via: 'xmlrpc',
        contactId: wanted.contactId,
        customFields,
      },
      now,
    );
    return tenant.subscriptions.add(added, now).id;
  },
  update: (tenant, row, values) => {
    const { customFields, ...wanted } = wantedFrom(tenant, values);
    for (const [fieldId, content] of customFields) row.customFields.set(fieldId, content);
    tenant.subscriptions.change(row, wanted, tenant.clock.now());
  },
};

/** What the columns say, checked: days without a time, ids of what there is. */
function wantedFrom(
  tenant: Tenant,
  values: ReadonlyMap<string, Cell>,
): Partial<Subscription> & Pick<Subscription, 'customFields'> {
  const wanted: Partial<Subscription> = {};
  const customFields = new Map<number, string>();
  for (const [name, value] of values) {
    const field = tenant.fields.byApiName('SUBSCRIPTION', name);
    if (field === undefined) Object.assign(wanted, columnValue(tenant, name, value));
    else customFields.set(field.id, storedContent(field, value));
  }
  return { ...wanted, customFields };
}

function columnValue(tenant: Tenant, name: string, value: Cell): Partial<Subscription> {
  const number = Number(value);
  const text = String(value ?? '');
  switch (name) {
    case 'ContactId':
      return { contactId: known(tenant.contacts.get(number), 'Contact', number).id };
    case 'ProgramId':
    case 'SubscriptionPlanId':
      return { planId: known(tenant.catalog.plan(number), 'SubscriptionPlan', number).id };
    case 'ProductId':
      return { productId: known(tenant.catalog.get(number), 'Product', number).id };
    case 'StartDate':
      return { startDay: startOfEasternDay(number) };
    case 'EndDate':
      return { endDay: startOfEasternDay(number) };
    case 'LastBillDate':
    case 'PaidThruDate':
      return { lastBillDay: startOfEasternDay(number) };
    case 'BillingCycle':
      if (!isCycleCode(text)) throw namedFault('InvalidParameter', `Unknown cycle: ${text}`);
      return { cycle: text };
    case 'Frequency':
      return { frequency: positive(name, number) };
    case 'BillingAmt':
      return { price: toMicros(number) };
    case 'Status':
      if (text !== 'Active' && text !== 'Inactive') throw namedFault('InvalidParameter', `Unknown status: ${text}`);
      return { status: text };
    case 'ReasonStopped':
      return { reasonStopped: text };
    case 'AutoCharge':
      return { autoCharge: number === 1 };
    case 'CC1':
      return { cardId: number };
    case 'NumDaysBetweenRetry':
      return { daysBetweenRetries: positive(name, number) };
    case 'MaxRetry':
      return { maxAttempts: positive(name, number) };
    case 'MerchantAccountId':
      return { merchantAccountId: number };
    case 'AffiliateId':
      return { affiliateId: number };
    case 'LeadAffiliateId':
      return { leadAffiliateId: number };
    case 'PromoCode':
      return { promoCode: text };
    case 'Qty':
      return { quantity: positive(name, number) };
    case 'ShippingOptionId':
      return { shippingOptionId: number };
    default:
      throw notImitated(`writing RecurringOrder.${name}`);
  }
}

function known<Thing>(thing: Thing | undefined, table: string, id: number): Thing {
  if (thing === undefined) throw namedFault('RecordNotFound', `${table} ${id} not found`);
  return thing;
}

function positive(name: string, value: number): number {
  if (value < 1) throw namedFault('InvalidParameter', `${name} must be 1 or greater`);
  return value;
}
