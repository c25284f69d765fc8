import { billDueCycles } from '../invoicing.js';
import { DuplicateSubscription, newSubscription, stop, subscribe } from '../subscribing.js';
import type { NewSubscription, Subscription } from '../subscriptions.js';
import type { Tenant } from '../tenant.js';
import { parseFilter } from './filter.js';
import { orderView } from './order-view.js';
import { page } from './page.js';
import { existingContact } from './references.js';
import { notFound, parseBody, RestRefusal } from './refusal.js';
import { created, ok, type RestRequest, type RestRoute } from './route.js';
import { applyChanges, existingPlan, membersFrom, notPast } from './subscription-content.js';
import { findSubscriptions } from './subscription-filter.js';
import {
  createSubscriptionSchema,
  deactivateSchema,
  subscriptionMaskNames,
  updateSubscriptionSchema,
} from './subscription-schemas.js';
import { subscriptionView } from './subscription-view.js';
import { masked } from './update-mask.js';

const sortKeys = {
  id: (one: Subscription) => one.id,
  contact_id: (one: Subscription) => one.contactId,
  subscription_plan_id: (one: Subscription) => one.planId,
  modification_time: (one: Subscription) => one.modifiedAt,
};

function subscriptionOf({ tenant, params }: RestRequest): Subscription {
  const id = params.subscriptionId ?? '';
  const found = /^\d+$/.test(id) ? tenant.subscriptions.get(Number(id)) : undefined;
  if (found === undefined) throw notFound('Subscription', id);
  return found;
}

/** `:name` stands behind the id without a slash between. */
const action = (name: string) => `/subscriptions/:subscriptionId(^\\d+)::${name}`;

export const subscriptionRoutes: readonly RestRoute[] = [
  {
    operation: 'subscriptions.list',
    method: 'GET',
    path: '/subscriptions',
    handle: ({ tenant, query }) => {
      const found = page(findSubscriptions(tenant, parseFilter(query.get('filter'))), query, sortKeys);
      return ok({
        subscriptions: found.items.map((one) => subscriptionView(tenant, one)),
        next_page_token: found.next_page_token,
      });
    },
  },
  {
    operation: 'subscriptions.create',
    method: 'POST',
    path: '/subscriptions',
    handle: ({ tenant, body }) => {
      const { allow_duplicate, start_date, ...wanted } = parseBody(createSubscriptionSchema, body);
      const contactId = existingContact(tenant, wanted.contact_id);
      const plan = existingPlan(tenant, wanted.subscription_plan_id);
      const startDay = notPast(tenant, 'start_date', start_date);
      const members = membersFrom(tenant, contactId, wanted);
      const card = wanted.auto_charge === false ? undefined : tenant.wallet.lastUsed(contactId);
      const subscription = newSubscription(
        plan,
        {
          ...(card === undefined ? {} : { cardId: card.id, merchantAccountId: card.merchantAccountId }),
          ...(startDay === undefined ? {} : { startDay, nextBillDay: startDay }),
          ...members,
          status: wanted.active === false ? 'Inactive' : 'Active',
          via: 'rest',
          contactId,
        },
        tenant.clock.now(),
      );
      return created(subscriptionView(tenant, subscribed(tenant, subscription, allow_duplicate)));
    },
  },
  {
    operation: 'subscriptions.get',
    method: 'GET',
    path: '/subscriptions/:subscriptionId',
    handle: (request) => ok(subscriptionView(request.tenant, subscriptionOf(request))),
  },
  {
    operation: 'subscriptions.update',
    method: 'PATCH',
    path: '/subscriptions/:subscriptionId',
    handle: (request) => {
      const { tenant, query, body } = request;
      const subscription = subscriptionOf(request);
      const changes = masked(parseBody(updateSubscriptionSchema, body), query, subscriptionMaskNames);
      applyChanges(tenant, subscription, changes);
      return ok(subscriptionView(tenant, subscription));
    },
  },
  {
    operation: 'subscriptions.invoice',
    method: 'POST',
    path: action('invoice'),
    handle: (request) => {
      const { tenant } = request;
      const subscription = subscriptionOf(request);
      const { invoicePerCycle } = tenant.settings;
      billDueCycles(tenant, subscription, { by: 'rest', now: tenant.clock.now(), invoicePerCycle });
      const newest = subscription.billings.findLast(({ order }) => order.deletedAt === null);
      // With nothing due it shows the newest there is; what it says when there never was one is not documented.
      if (newest === undefined) throw new RestRefusal(400, 'Subscription has no cycle that is due');
      return ok(orderView(tenant, newest.order));
    },
  },
  {
    operation: 'subscriptions.deactivate',
    method: 'POST',
    path: action('deactivate'),
    // The documentation shows no content of the answer.
    handle: (request) => {
      const { tenant, body } = request;
      const subscription = subscriptionOf(request);
      stop(tenant, subscription, parseBody(deactivateSchema, body).reason ?? null, tenant.clock.now());
      return { status: 200, headers: {}, body: '' };
    },
  },
];

export function subscribed(tenant: Tenant, wanted: NewSubscription, allowDuplicate: boolean): Subscription {
  try {
    return subscribe(tenant, wanted, { allowDuplicate });
  } catch (error) {
    if (error instanceof DuplicateSubscription) throw new RestRefusal(400, error.message);
    throw error;
  }
}
