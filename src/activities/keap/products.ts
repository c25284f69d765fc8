import type { KeapOrder } from '../../workflows/keap/input.js';
import { failure } from '../failure.js';
import { Kept } from '../kept.js';
import { skuOf } from './kinds.js';
import type { Open } from './open.js';
import type { ProductAtKeap } from './transport.js';

/** A product's id never changes; what changes is whether a SKU is still on sale, and a shop may notice that later. */
const KEPT_MS = 10 * 60_000;

/** The products behind the SKUs. Keap does not keep SKUs unique, and Waybill does not guess. */
export function productSteps({ open, lineProducts }: Open) {
  const kept = new Kept<ProductAtKeap[]>(KEPT_MS);

  return {
    async findProducts(order: KeapOrder): Promise<Record<string, string>> {
      const { reference, currency } = order;
      const keap = open(order);
      const skus = new Set(order.lines.map((line) => skuOf(line, lineProducts)).filter((sku) => sku !== undefined));
      const products: Record<string, string> = {};
      const problems: string[] = [];
      for (const sku of skus) {
        const asked = kept.get(sku, () => keap.productsBySku(sku));
        const found = (await asked).filter((product) => product.sku.trim().toLowerCase() === sku.toLowerCase());
        const [product, ...more] = found.filter(({ active }) => active);
        if (product !== undefined && more.length === 0 && (product.currency ?? currency) === currency) {
          products[sku] = product.id;
          continue;
        }
        // Whoever corrects the catalogue and tries again should not have to wait.
        kept.drop(sku, asked);
        problems.push(`SKU ${sku}: ${problemOf(found, currency)}`);
      }
      if (problems.length === 0) return products;
      throw failure('Rejected', `Keap cannot tell which products are meant: ${problems.join('; ')}`, {
        platform: 'keap',
        connection: order.connection,
        reference,
        problems,
      });
    },
  };
}

function problemOf(found: readonly ProductAtKeap[], currency: string): string {
  const active = found.filter((product) => product.active);
  if (found.length === 0) return 'no product has it';
  if (active.length === 0) return 'its product is not active';
  if (active.length > 1) return `products ${active.map(({ id }) => id).join(' and ')} have it`;
  return `its price is in ${active[0]?.currency}, not in ${currency}`;
}
