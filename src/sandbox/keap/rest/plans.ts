import { z } from 'zod';
import { codeOfWord, cycleOf, planCycleWords } from '../billing-cycle.js';
import type { Product, SubscriptionPlan } from '../catalog.js';
import { currencyValue, microsPerCent } from '../money.js';
import { booleanField, type FilterFields, filterBy, parseFilter, textField } from './filter.js';
import { page } from './page.js';
import { notFound, parseBody } from './refusal.js';
import { created, noContent, ok, type RestRequest, type RestRoute } from './route.js';

const count = z.int().min(1);

/** The price comes and goes in minor units. */
const planSchema = z.strictObject({
  cycle_type: z.enum(planCycleWords),
  plan_price: z.number().min(0),
  active: z.boolean().optional(),
  frequency: count.optional(),
  allow_prorating: z.boolean().optional(),
  display_order_index: z.int().optional(),
  total_cycles: z.int().min(0).optional(),
});

const fields: FilterFields<SubscriptionPlan> = {
  active: booleanField((plan) => plan.active),
  cycle_type: textField((plan) => cycleOf(plan.cycle).planWord),
};

const sortKeys = { id: (plan: SubscriptionPlan) => plan.id, product_id: (plan: SubscriptionPlan) => plan.productId };

/** In the place of a product's id: all products. */
const anyProduct = '-';

export const planRoutes: readonly RestRoute[] = [
  {
    operation: 'plans.list',
    method: 'GET',
    path: '/products/:productId/subscriptions',
    handle: (request) => {
      const { tenant, params, query } = request;
      const plans =
        params.productId === anyProduct ? [...tenant.catalog.plans()] : tenant.catalog.plansOf(productOf(request).id);
      const meets = filterBy(parseFilter(query.get('filter')), (name) => fields[name]);
      const visible = plans.filter((plan) => meets(plan) && tenant.visibleInLists(plan.createdAt));
      const { items, next_page_token } = page(visible, query, sortKeys);
      // The documentation calls them so.
      return ok({ subscriptions: items.map(planView), next_page_token });
    },
  },
  {
    operation: 'plans.create',
    method: 'POST',
    path: '/products/:productId/subscriptions',
    handle: (request) => {
      const { tenant, body } = request;
      const product = productOf(request);
      const wanted = parseBody(planSchema, body);
      const plan = tenant.catalog.addPlan(
        {
          productId: product.id,
          cycle: codeOfWord(wanted.cycle_type),
          price: wanted.plan_price * microsPerCent,
          frequency: wanted.frequency ?? 1,
          cycles: wanted.total_cycles ?? 0,
          active: wanted.active ?? true,
          prorate: wanted.allow_prorating ?? false,
          displayOrder: wanted.display_order_index ?? 0,
        },
        tenant.clock.now(),
      );
      return created(planView(plan));
    },
  },
  {
    operation: 'plans.get',
    method: 'GET',
    path: '/products/:productId/subscriptions/:planId',
    handle: (request) => ok(planView(planOf(request))),
  },
  {
    operation: 'plans.update',
    method: 'PATCH',
    path: '/products/:productId/subscriptions/:planId',
    // Cycle and price are asked for again; subscriptions that were made before keep theirs.
    handle: (request) => {
      const plan = planOf(request);
      const wanted = parseBody(planSchema, request.body);
      plan.cycle = codeOfWord(wanted.cycle_type);
      plan.price = wanted.plan_price * microsPerCent;
      plan.frequency = wanted.frequency ?? plan.frequency;
      plan.cycles = wanted.total_cycles ?? plan.cycles;
      plan.active = wanted.active ?? plan.active;
      plan.prorate = wanted.allow_prorating ?? plan.prorate;
      plan.displayOrder = wanted.display_order_index ?? plan.displayOrder;
      return ok(planView(plan));
    },
  },
  {
    operation: 'plans.delete',
    method: 'DELETE',
    path: '/products/:productId/subscriptions/:planId',
    handle: (request) => {
      request.tenant.catalog.deletePlan(planOf(request));
      return noContent();
    },
  },
];

function productOf({ tenant, params }: RestRequest): Product {
  const id = params.productId ?? '';
  const product = /^\d+$/.test(id) ? tenant.catalog.get(Number(id)) : undefined;
  if (product === undefined) throw notFound('Product', id);
  return product;
}

function planOf(request: RestRequest): SubscriptionPlan {
  const id = request.params.planId ?? '';
  const product = productOf(request);
  const plan = request.tenant.catalog.plansOf(product.id).find((one) => String(one.id) === id);
  if (plan === undefined) throw notFound('Subscription plan', id);
  return plan;
}

/** The name is not documented beyond an example; this one tells plans apart. */
export function planView(plan: SubscriptionPlan): object {
  const { planWord } = cycleOf(plan.cycle);
  return {
    id: String(plan.id),
    frequency: plan.frequency,
    active: plan.active,
    subscription_plan_name: `${planWord} ${plan.id}`,
    cycle_type: planWord,
    total_cycles: plan.cycles,
    plan_price: currencyValue(plan.price),
    display_order_index: plan.displayOrder,
  };
}
