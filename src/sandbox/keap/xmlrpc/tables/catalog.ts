import type { Product, SubscriptionPlan } from '../../catalog.js';
import { toMajor, toMicros } from '../../money.js';
import { keapSeed } from '../../seed.js';
import type { Subscription } from '../../subscriptions.js';
import type { Card } from '../../wallet.js';
import { namedFault } from '../fault.js';
import type { Cell } from '../match.js';
import { applySetters, idIn, notImitated, one, type Table } from './table.js';

export const product: Table<Product> = {
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(tenant.catalog.get(id));
    const sku = where('Sku');
    return sku === null ? tenant.catalog.all() : tenant.catalog.bySku(sku);
  },
  get: (tenant, id) => tenant.catalog.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ProductName: (row) => row.name,
    ProductPrice: (row) => toMajor(row.price),
    Sku: (row) => row.sku,
    ShortDescription: (row) => row.shortDescription,
    Description: (row) => row.description ?? undefined,
    Taxable: (row) => Number(row.taxable),
    Shippable: (row) => Number(row.shippable),
    HideInStore: (row) => Number(row.storefrontHidden),
    Status: (row) => Number(row.active),
    Weight: (row) => row.weight ?? undefined,
  },
  add: (tenant, values) => {
    const known = ['ProductName', 'ProductPrice', 'Sku', 'ShortDescription', 'Status'];
    for (const name of values.keys()) if (!known.includes(name)) throw notImitated(`writing Product.${name}`);
    const name = String(values.get('ProductName') ?? '');
    return tenant.catalog.add(
      {
        name,
        sku: String(values.get('Sku') ?? ''),
        price: toMicros(Number(values.get('ProductPrice') ?? 0)),
        shortDescription: String(values.get('ShortDescription') ?? name),
        active: Number(values.get('Status') ?? 1) === 1,
      },
      tenant.clock.now(),
    ).id;
  },
};

export const subscriptionPlan: Table<SubscriptionPlan> = {
  rows: (tenant) => tenant.catalog.plans(),
  get: (tenant, id) => tenant.catalog.plan(id),
  createdAt: () => 0,
  read: {
    Id: (row) => row.id,
    ProductId: (row) => row.productId,
    Cycle: (row) => row.cycle,
    Frequency: (row) => row.frequency,
    Active: (row) => row.active,
    PlanPrice: (row) => toMajor(row.price),
    NumberOfCycles: () => 0,
  },
};

export const creditCard: Table<Card> = {
  rows: (tenant, where) => {
    const contactId = idIn(where, 'ContactId');
    return contactId === null ? tenant.wallet.all() : tenant.wallet.ofContact(contactId);
  },
  get: (tenant, id) => tenant.wallet.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ContactId: (row) => row.contactId,
    NameOnCard: (row) => row.nameOnCard ?? undefined,
    Last4: (row) => row.last4,
    ExpirationMonth: (row) => row.expirationMonth,
    ExpirationYear: (row) => row.expirationYear,
    Status: (row) => row.status,
    CardType: (row) => row.brand,
  },
  // The number is not kept, only its end; CVV2 is not kept at all.
  add: (tenant, values) => {
    const contactId = Number(values.get('ContactId') ?? 0);
    const last4 = String(values.get('CardNumber') ?? '').slice(-4);
    if (tenant.contacts.get(contactId) === undefined) throw namedFault('RecordNotFound', `Contact ${contactId}`);
    return tenant.wallet.add(
      {
        contactId,
        last4,
        brand: String(values.get('CardType') ?? 'Visa'),
        nameOnCard: text(values.get('NameOnCard')),
        expirationMonth: String(values.get('ExpirationMonth') ?? '12'),
        expirationYear: String(values.get('ExpirationYear') ?? '2099'),
      },
      tenant.clock.now(),
    ).id;
  },
};

export const recurringOrder: Table<Subscription> = {
  rows: (tenant) => tenant.subscriptions.all(),
  get: (tenant, id) => tenant.subscriptions.get(id),
  createdAt: (row) => row.startTime,
  read: {
    Id: (row) => row.id,
    ContactId: (row) => row.contactId,
    ProgramId: (row) => row.planId,
    SubscriptionPlanId: (row) => row.planId,
    ProductId: (row) => row.productId,
    StartDate: (row) => row.startTime,
    EndDate: (row) => row.endTime ?? undefined,
    LastBillDate: (row) => row.lastBillTime ?? undefined,
    PaidThruDate: (row) => row.lastBillTime ?? undefined,
    NextBillDate: (row) => row.nextBillTime,
    BillingCycle: (row) => row.cycle,
    Frequency: (row) => row.frequency,
    BillingAmt: (row) => toMajor(row.price),
    Status: (row) => row.status,
    ReasonStopped: (row) => row.reasonStopped ?? undefined,
    AutoCharge: (row) => Number(row.autoCharge),
    CC1: (row) => row.cardId,
    MerchantAccountId: (row) => row.merchantAccountId,
    AffiliateId: (row) => row.affiliateId,
    Qty: (row) => row.quantity,
  },
  add: (tenant, values) => {
    const planId = Number(values.get('SubscriptionPlanId') ?? values.get('ProgramId') ?? 0);
    const plan = tenant.catalog.plan(planId);
    const contactId = Number(values.get('ContactId') ?? 0);
    if (plan === undefined) throw namedFault('RecordNotFound', `SubscriptionPlan ${planId}`);
    if (tenant.contacts.get(contactId) === undefined) throw namedFault('RecordNotFound', `Contact ${contactId}`);
    const start = Number(values.get('StartDate') ?? tenant.clock.now());
    return tenant.subscriptions.add({
      contactId,
      planId,
      productId: Number(values.get('ProductId') ?? plan.productId),
      quantity: Number(values.get('Qty') ?? 1),
      price: values.has('BillingAmt') ? toMicros(Number(values.get('BillingAmt'))) : plan.price,
      cycle: String(values.get('BillingCycle') ?? plan.cycle),
      frequency: Number(values.get('Frequency') ?? plan.frequency),
      cardId: Number(values.get('CC1') ?? 0),
      merchantAccountId: Number(values.get('MerchantAccountId') ?? keapSeed.merchantAccount.id),
      affiliateId: Number(values.get('AffiliateId') ?? 0),
      autoCharge: Number(values.get('AutoCharge') ?? 0) === 1,
      startTime: start,
      nextBillTime: start,
    }).id;
  },
  update: (_tenant, row, values) => {
    const setters: Record<string, (value: Cell) => void> = {
      Status: (value) => {
        row.status = value === 'Inactive' ? 'Inactive' : 'Active';
      },
      EndDate: (value) => {
        row.endTime = Number(value);
      },
      ReasonStopped: (value) => {
        row.reasonStopped = String(value);
      },
      Qty: (value) => {
        row.quantity = Number(value);
      },
      BillingAmt: (value) => {
        row.price = toMicros(Number(value));
      },
    };
    applySetters('RecurringOrder', setters, values);
  },
};

const text = (value: Cell): string | null => (value === undefined ? null : String(value));
