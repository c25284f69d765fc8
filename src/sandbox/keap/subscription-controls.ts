import { z } from 'zod';
import { type Control, control } from '../controls.js';
import { given } from '../members.js';
import type { BillingRun } from './billing.js';
import { codeOfWord, cycleWords } from './billing-cycle.js';
import { fieldTypeFromXmlRpc } from './custom-fields.js';
import { fromEasternDay } from './eastern-time.js';
import { toMicros } from './money.js';
import { keapSeed } from './seed.js';
import { deleteWithInvoices, newSubscription, resume, stop } from './subscribing.js';
import type { Subscription } from './subscriptions.js';
import type { Tenant } from './tenant.js';

const id = z.int().min(1);
const count = z.int().min(1);
/** A day of US Eastern, `2026-01-15`; becomes the instant at which it begins. */
const day = z.iso.date().transform((text) => fromEasternDay(text) ?? Number.NaN);
const price = z.number().min(0).transform(toMicros);
const subscriptionId = { subscriptionId: id };

const changes = {
  quantity: count.optional(),
  price: price.optional(),
  autoCharge: z.boolean().optional(),
  cardId: z.int().min(0).optional(),
  maxAttempts: count.optional(),
  daysBetweenRetries: count.optional(),
  nextBillDay: day.optional(),
  endDay: day.nullable().optional(),
};

/** Prices in major units. */
const schemas = {
  seedPlan: z.strictObject({
    productId: id.default(keapSeed.subscriptionPlans[0].productId),
    price,
    cycle: z.enum(cycleWords).default('MONTH'),
    frequency: count.default(1),
    /** 0: for ever. */
    cycles: z.int().min(0).default(0),
    active: z.boolean().default(true),
  }),
  /** `dataType` in the words of XML-RPC: Text, Date, Select, … */
  seedSubscriptionField: z.strictObject({
    label: z.string(),
    dataType: z.string(),
    options: z.array(z.string()).default([]),
  }),
  /** A subscription that a person made in the app, for the seeded contact, plan and card unless told. */
  seedSubscription: z.strictObject({
    contactId: id.default(keapSeed.contact.id),
    planId: id.default(keapSeed.subscriptionPlans[0].id),
    startDay: day.optional(),
    /** By API name, e.g. `_ExternalSubscriptionId`. */
    customFields: z.record(z.string(), z.string()).default({}),
    ...changes,
  }),
  stopSubscription: z.strictObject({ ...subscriptionId, reason: z.string().nullable().default(null) }),
  resumeSubscription: z.strictObject(subscriptionId),
  /** A `null` for the last day takes it away. */
  changeSubscription: z.strictObject({ ...subscriptionId, ...changes }),
  /** Removes it with its invoices. */
  deleteSubscription: z.strictObject(subscriptionId),
  /** Keap's own billing, at once, whether it is switched on or not. */
  runBilling: z.strictObject({}),
} as const;

type Inputs = { [Name in keyof typeof schemas]: z.input<(typeof schemas)[Name]> };

/** What a person could do with subscriptions in Keap's app. */
export interface SubscriptionControls {
  /** These three give the new id. */
  seedPlan(input: Inputs['seedPlan']): number;
  seedSubscriptionField(input: Inputs['seedSubscriptionField']): number;
  seedSubscription(input?: Inputs['seedSubscription']): number;
  stopSubscription(input: Inputs['stopSubscription']): void;
  resumeSubscription(input: Inputs['resumeSubscription']): void;
  changeSubscription(input: Inputs['changeSubscription']): void;
  deleteSubscription(input: Inputs['deleteSubscription']): void;
  runBilling(input?: Inputs['runBilling']): BillingRun;
}

export function subscriptionControls(current: () => Tenant): Record<keyof SubscriptionControls, Control> {
  const now = () => current().clock.now();
  const seededAt = () => now() - current().settings.searchLagMs;
  return {
    seedPlan: control(schemas.seedPlan, ({ cycle, productId, ...plan }) => {
      known(current().catalog.get(productId), `product ${productId}`);
      return current().catalog.addPlan(
        { ...plan, productId, cycle: codeOfWord(cycle), prorate: false, displayOrder: 0 },
        seededAt(),
      ).id;
    }),
    seedSubscriptionField: control(schemas.seedSubscriptionField, ({ label, dataType, options }) => {
      const type = known(fieldTypeFromXmlRpc(dataType), `field type "${dataType}"`);
      return current().fields.add({ form: 'SUBSCRIPTION', label, type, options }).id;
    }),
    seedSubscription: control(schemas.seedSubscription, ({ contactId, planId, customFields, ...wanted }) => {
      const tenant = current();
      known(tenant.contacts.get(contactId), `contact ${contactId}`);
      const contents = Object.entries(customFields).map(([name, content]) => {
        const field = known(tenant.fields.byApiName('SUBSCRIPTION', name), `subscription field "${name}"`);
        return [field.id, content] as const;
      });
      const subscription = newSubscription(
        known(tenant.catalog.plan(planId), `plan ${planId}`),
        {
          cardId: tenant.wallet.lastUsed(contactId)?.id ?? 0,
          ...given(wanted),
          via: 'person',
          contactId,
          customFields: new Map(contents),
        },
        seededAt(),
      );
      return tenant.subscriptions.add(subscription, seededAt()).id;
    }),
    stopSubscription: control(schemas.stopSubscription, ({ subscriptionId, reason }) =>
      stop(current(), subscriptionOf(current(), subscriptionId), reason, now()),
    ),
    resumeSubscription: control(schemas.resumeSubscription, ({ subscriptionId }) =>
      resume(current(), subscriptionOf(current(), subscriptionId), now()),
    ),
    changeSubscription: control(schemas.changeSubscription, ({ subscriptionId, ...wanted }) =>
      current().subscriptions.change(subscriptionOf(current(), subscriptionId), given(wanted), now()),
    ),
    deleteSubscription: control(schemas.deleteSubscription, ({ subscriptionId }) =>
      deleteWithInvoices(current(), subscriptionOf(current(), subscriptionId), now()),
    ),
    runBilling: control(schemas.runBilling, () => {
      const { done: _, ...run } = current().billing.run(now());
      return run;
    }),
  };
}

function subscriptionOf(tenant: Tenant, id: number): Subscription {
  return known(tenant.subscriptions.get(id), `subscription ${id}`);
}

function known<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`Keap has no ${name}.`);
  return thing;
}
