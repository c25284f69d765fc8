import { z } from 'zod';
import { id } from '../shapes.js';

/** What is refused of one product. Its members beside the type are not documented well: each may be missing. */
const refusedProduct = z.object({
  type: z.string(),
  product: z
    .object({
      id: id.optional(),
      inventory_level: z.number().optional(),
      minimum_quantity: z.number().optional(),
      maximum_quantity: z.number().optional(),
      sku: z.object({ id: id.optional(), inventory_level: z.number().optional() }).optional(),
    })
    .optional(),
});

const refusedProductsOf = z.object({ errors: z.array(refusedProduct) });

/**
 * Which products an order was refused for, one sentence each: out of stock, too few or too many, options that are wrong.
 *
 * @param details of an error of V2
 */
export function refusedProducts(details: unknown): string[] {
  const read = refusedProductsOf.safeParse(details);
  if (!read.success) return [];
  return read.data.errors.map(({ type, product = {} }) => {
    const { sku } = product;
    const which = [
      product.id === undefined ? 'a product' : `product ${product.id}`,
      ...(sku?.id === undefined ? [] : [`variant ${sku.id}`]),
    ].join(', ');
    const facts = [
      said('in stock', sku?.inventory_level ?? product.inventory_level),
      said('at least', product.minimum_quantity),
      said('at most', product.maximum_quantity),
    ].filter((fact) => fact !== undefined);
    return `[${type}: ${which}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}]`;
  });
}

const said = (what: string, count: number | undefined): string | undefined =>
  count === undefined ? undefined : `${what} ${count}`;
