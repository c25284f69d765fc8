import { integerOf, objectsOf, pairOf, textOf } from '../fields.js';
import type { Members } from '../members.js';
import type { TaxPair } from '../money.js';
import { invalid, notWritable, refused, unsupported } from '../refusals.js';
import type { Product, Variant } from '../stock/catalog.js';
import type { Store } from '../store.js';
import type { LineOption, OrderLine, Wrapping } from './order.js';

const longestName = 250;
const writable = [
  ...['id', 'product_id', 'variant_id', 'product_options', 'quantity', 'name', 'name_customer', 'name_merchant'],
  ...['price_ex_tax', 'price_inc_tax', 'sku', 'upc', 'wrapping_id', 'wrapping_name', 'wrapping_message'],
  ...['wrapping_cost_ex_tax', 'wrapping_cost_inc_tax'],
];
const computed = [
  ...['order_id', 'order_address_id', 'base_price', 'price_tax', 'base_total', 'total_ex_tax', 'total_inc_tax'],
  ...['total_tax', 'type', 'weight', 'quantity_shipped', 'quantity_refunded', 'is_refunded', 'refund_amount'],
  ...['applied_discounts', 'discounted_total_inc_tax', 'external_id', 'parent_order_product_id', 'brand'],
];

/** A line that is to be. */
export function newLine(store: Store, members: Members, orderAddressId: number): OrderLine {
  expectWritable(members);
  const productId = integerOf(members, 'product_id', 'products.');
  const quantity = quantityIn(members) ?? refuse('quantity');
  if (quantity === 0) throw invalid('quantity');
  const base = {
    ...{ id: store.ids.next('orderProduct'), orderAddressId, quantity },
    ...{ quantityShipped: 0, quantityRefunded: 0, stockTaken: 0 },
    upc: textOf(members, 'upc', 255) ?? '',
  };
  if (productId === undefined || productId === 0) return { ...base, ...customProduct(members) };
  const product = store.catalog.product(productId) ?? refuse('products.product_id');
  const variant = variantIn(store, product, members);
  return {
    ...base,
    ...{ productId, variantId: variant.id, sku: variant.sku, type: product.type, weight: product.weight },
    ...namesIn(members, product.name),
    price: pairOf(members, 'price', 'products.') ?? untaxed(product.price),
    options: optionsOf(store, product, variant),
    wrapping: wrappingIn(members),
  };
}

/** What a member that is sent does to a line that is there. */
export function changeLine(line: OrderLine, members: Members): void {
  expectWritable(members);
  const quantity = quantityIn(members);
  if (quantity !== undefined) {
    if (quantity < line.quantityShipped) throw invalid('quantity');
    line.quantity = quantity;
  }
  const price = pairOf(members, 'price', 'products.');
  if (price !== undefined) line.price = price;
  Object.assign(line, namesIn(members, line.name, line.nameMerchant));
  line.upc = textOf(members, 'upc', 255) ?? line.upc;
  // That of a product of the catalog is its variant's.
  if (line.productId === 0) line.sku = textOf(members, 'sku', 255) ?? line.sku;
  if (members.wrapping_id !== undefined) line.wrapping = wrappingIn(members);
  const productId = integerOf(members, 'product_id', 'products.');
  if (productId !== undefined && productId !== line.productId) throw invalid('products.product_id');
}

function expectWritable(members: Members): void {
  for (const name of Object.keys(members)) {
    if (writable.includes(name)) continue;
    throw computed.includes(name) ? notWritable(`products.${name}`) : unsupported(`products.${name}`);
  }
}

function quantityIn(members: Members): number | undefined {
  const { quantity } = members;
  if (quantity === undefined) return undefined;
  const number = typeof quantity === 'string' && /^\d+$/.test(quantity) ? Number(quantity) : quantity;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw invalid('quantity');
  return number;
}

/** Only what the order itself tells of it: both its prices and a name. */
function customProduct(members: Members) {
  const names = namesIn(members, '');
  if (names.name === '') throw invalid('products.product_id, products.name');
  const price = pairOf(members, 'price', 'products.') ?? refuse('products.price_inc_tax');
  return {
    ...{ productId: 0, variantId: 0, sku: textOf(members, 'sku', 255) ?? '', type: 'physical' as const, weight: 0 },
    ...{ ...names, price, options: [], wrapping: null },
  };
}

function namesIn(members: Members, known: string, knownMerchant = known) {
  const name = textOf(members, 'name', longestName);
  const customer = textOf(members, 'name_customer', longestName);
  if (name !== undefined && customer !== undefined && name !== customer) throw invalid('products.name_customer');
  const merchant = textOf(members, 'name_merchant', longestName);
  return {
    name: customer ?? name ?? (known === '' ? (merchant ?? '') : known),
    nameMerchant: merchant ?? customer ?? name ?? knownMerchant,
  };
}

/** By its own id, by the options it has, or as the only one. */
function variantIn({ catalog }: Store, product: Product, members: Members): Variant {
  const variants = catalog.variantsOf(product);
  const chosen = objectsOf(members, 'product_options');
  const variantId = integerOf(members, 'variant_id', 'products.');
  if (variantId !== undefined && variantId !== 0) {
    return variants.find(({ id }) => id === variantId) ?? refuse('products.variant_id');
  }
  const { option } = product;
  const [only] = variants;
  if (option === null) {
    if (chosen !== undefined && chosen.length > 0) throw badOptions('InvalidProductOption', product, []);
    return only ?? refuse('products.product_id');
  }
  const named = chosen?.find(({ id }) => Number(id) === option.id);
  if (named === undefined) throw badOptions('MandatoryProductOptions', product, [option.id]);
  const { value } = named;
  // Ids of option values are texts here.
  const variant = typeof value === 'string' ? variants.find((each) => String(each.value?.id) === value) : undefined;
  if (variant === undefined) throw badOptions('InvalidProductOptionValue', product, [option.id]);
  return variant;
}

const badOptions = (type: string, product: Product, required: readonly number[]) =>
  refused(400, 'The options of one or more products are invalid.', {
    errors: [
      {
        ...{ type, message: 'The options of the product are invalid.' },
        product: { id: product.id, required_product_options: required.map((id) => ({ id })) },
      },
    ],
  });

function optionsOf({ ids }: Store, { option }: Product, { value }: Variant): LineOption[] {
  if (option === null || value === null) return [];
  return [
    {
      ...{ id: ids.next('orderProductOption'), productOptionId: option.id, name: option.name },
      ...{ value: String(value.id), displayValue: value.label },
    },
  ];
}

/** With a wrapping both its costs have to be told, for all units together. */
function wrappingIn(members: Members): Wrapping | null {
  const id = integerOf(members, 'wrapping_id', 'products.');
  if (id === undefined || id === 0) return null;
  const cost = pairOf(members, 'wrapping_cost', 'products.') ?? refuse('products.wrapping_cost_inc_tax');
  const quantity = Math.max(1, quantityIn(members) ?? 1);
  return {
    id,
    name: textOf(members, 'wrapping_name', longestName) ?? '',
    message: textOf(members, 'wrapping_message') ?? '',
    // Not rounded: all units together cost what was told.
    cost: { exTax: cost.exTax / quantity, incTax: cost.incTax / quantity },
  };
}

/** No tax is computed for orders that are made here. */
const untaxed = (price: number): TaxPair => ({ exTax: price, incTax: price });

function refuse(field: string): never {
  throw invalid(field);
}
