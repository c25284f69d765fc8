import { z } from 'zod';
import { cycleOf } from '../billing-cycle.js';
import type { Product, SubscriptionPlan } from '../catalog.js';
import { currencyValue, microsPerCent } from '../money.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import { type FilterFields, filterBy, idsField, numberField, parseFilter, textField } from './filter.js';
import { page } from './page.js';
import { notFound, parseBody } from './refusal.js';
import { created, ok, present, type RestRoute } from './route.js';

const flag = z.boolean().optional();

/** Prices of products come and go in minor units. */
const createSchema = z.strictObject({
  name: z.string().min(1),
  price: z.int().min(0),
  short_description: z.string(),
  sku: z.string().default(''),
  active: z.boolean().default(true),
  description: z.string().optional(),
  shippable: z.boolean().default(true),
  taxable: z.boolean().default(true),
  weight: z.number().min(0).optional(),
  inventory: z
    .strictObject({
      inventory_limit: z.int().min(0).optional(),
      inventory_count: z.int().min(0).optional(),
      out_of_stock_enabled: flag,
      email_for_inventory_notifications: z.string().optional(),
    })
    .optional(),
  subscription_only: z.boolean().default(false),
  storefront_hidden: z.boolean().default(false),
  country_taxable: flag,
  state_taxable: flag,
  city_taxable: flag,
  top_html: z.string().optional(),
  bottom_html: z.string().optional(),
  is_package: flag,
  needs_digital_delivery: flag,
  delivery_description: z.string().optional(),
});

const fields: FilterFields<Product> = {
  name: textField((product) => product.name, true),
  sku: textField((product) => product.sku, true),
  description: textField((product) => product.description, true),
  short_description: textField((product) => product.shortDescription, true),
  product_id: numberField((product) => product.id, 'ordered'),
  product_ids: idsField((product) => [product.id]),
};

const sortKeys = {
  name: (product: Product) => product.name,
  sku: (product: Product) => product.sku,
  last_updated_time: (product: Product) => product.createdAt,
};

export const productRoutes: readonly RestRoute[] = [
  {
    operation: 'products.list',
    method: 'GET',
    path: '/products',
    handle: ({ tenant, query }) => {
      const conditions = parseFilter(query.get('filter'));
      const meets = filterBy<Product>(conditions, (name) => fields[name]);
      const sku = conditions.find(({ field, value }) => field === 'sku' && !value.endsWith('*'));
      const candidates = sku === undefined ? tenant.catalog.all() : tenant.catalog.bySku(sku.value);
      const found = [...candidates].filter((one) => meets(one) && tenant.visibleInLists(one.createdAt));
      const { items, next_page_token } = page(found, query, sortKeys);
      return ok({ products: items.map((product) => productView(tenant, product)), next_page_token });
    },
  },
  {
    operation: 'products.create',
    method: 'POST',
    path: '/products',
    handle: ({ tenant, body }) => {
      const wanted = parseBody(createSchema, body);
      const product = tenant.catalog.add(
        {
          name: wanted.name,
          sku: wanted.sku,
          price: wanted.price * microsPerCent,
          shortDescription: wanted.short_description,
          description: wanted.description ?? null,
          active: wanted.active,
          shippable: wanted.shippable,
          taxable: wanted.taxable,
          weight: wanted.weight ?? null,
          inventory: wanted.inventory?.inventory_count ?? 0,
          subscriptionOnly: wanted.subscription_only,
          storefrontHidden: wanted.storefront_hidden,
        },
        tenant.clock.now(),
      );
      return created(productView(tenant, product));
    },
  },
  {
    operation: 'products.get',
    method: 'GET',
    path: '/products/:productId',
    handle: ({ tenant, params }) => {
      const id = params.productId ?? '';
      const product = /^\d+$/.test(id) ? tenant.catalog.get(Number(id)) : undefined;
      if (product === undefined) throw notFound('Product', id);
      return ok(productView(tenant, product));
    },
  },
];

function productView(tenant: Tenant, product: Product): object {
  return present({
    id: String(product.id),
    name: product.name,
    price: currencyValue(product.price),
    active: product.active,
    description: product.description,
    short_description: product.shortDescription,
    sku: product.sku,
    shippable: product.shippable,
    taxable: product.taxable,
    weight: product.weight,
    categories: [],
    options: [],
    subscription_plans: tenant.catalog.plansOf(product.id).map(planView),
    subscription_only: product.subscriptionOnly,
    storefront_hidden: product.storefrontHidden,
    create_time: isoTime(product.createdAt),
    update_time: isoTime(product.createdAt),
  });
}

/** A plan as its product shows it: in other words than by itself. */
function planView(plan: SubscriptionPlan): object {
  return {
    id: String(plan.id),
    active: plan.active,
    prorate: plan.prorate,
    billing_cycle: cycleOf(plan.cycle).planWord,
    billing_frequency: plan.frequency,
    number_of_cycles: plan.cycles,
    plan_price: currencyValue(plan.price),
    order_index: plan.displayOrder,
  };
}
