import type { BigcommerceAt, BigcommerceLine, BigcommerceStock } from '../../workflows/bigcommerce/contract.js';
import { failureType } from '../failure.js';
import { write } from '../write.js';
import type { BigcommerceClient } from './client.js';
import type { Open } from './open.js';
import type { InventoryItemThere } from './shapes.js';

/** Under it is written that the stock of an order was corrected: the platform has no other guard. */
const CORRECTIONS = 'waybill.stock';

/** A correction that was sent, or may have been. */
export type Corrected = 'done' | 'unknown';

/** The stock of an order: read before and after a cancel, and corrected once where it did not come back. */
export function stockSteps({ open }: Open) {
  return {
    /** What can be sold of the products of these lines. What is not tracked is not shown. */
    async readStock(at: BigcommerceAt, lines: readonly BigcommerceLine[]): Promise<readonly BigcommerceStock[]> {
      const { store } = open(at);
      const physical = lines.filter(({ productId, type }) => productId !== '0' && type === 'physical');
      const tracking = await trackingOf(store, physical);
      const ordered = new Map<string, { by: BigcommerceStock['by']; id: string; quantity: number }>();
      for (const { productId, variantId, quantity } of physical) {
        const level = tracking.get(productId) ?? 'none';
        if (level === 'none') continue;
        const by = level === 'product' || variantId === '0' ? 'product_id' : 'variant_id';
        const id = by === 'variant_id' ? variantId : productId;
        const known = ordered.get(`${by} ${id}`);
        ordered.set(`${by} ${id}`, { by, id, quantity: (known?.quantity ?? 0) + quantity });
      }
      const wanted = [...ordered.values()];
      const items = [...(await itemsOf(store, 'variant_id', wanted)), ...(await itemsOf(store, 'product_id', wanted))];
      return wanted.flatMap(({ by, id, quantity }) => {
        const item = items.find(({ identity }) => identity[by] === id);
        const location = item?.locations.find(({ location_enabled }) => location_enabled) ?? item?.locations[0];
        if (item === undefined || location === undefined) return [];
        const available = item.locations.reduce((sum, { available_to_sell }) => sum + available_to_sell, 0);
        const sku = item.identity.sku === '' ? {} : { sku: item.identity.sku };
        return [{ by, id, locationId: location.location_id, ...sku, ordered: quantity, available }];
      });
    },

    /**
     * Gives back what did not come back by itself. Twice it would count twice: the order is marked first, and whoever finds
     * the mark sends nothing.
     *
     * @param missing by how many pieces each is to be raised, in `ordered`
     */
    async correctStock(at: BigcommerceAt, missing: readonly BigcommerceStock[]): Promise<{ corrected: Corrected }> {
      return write('correctStock', async () => {
        const { store } = open(at, []);
        const key = at.reference;
        try {
          const claim = { permission_set: 'write', namespace: CORRECTIONS, key, value: 'begun' };
          const { id } = await store.createMetafield(at.orderId, claim);
          try {
            await store.adjustStock(adjustmentOf(at, missing));
          } catch (error) {
            // It was not done, and may be done yet.
            if (failureType(error) === 'Rejected') await store.deleteMetafield(at.orderId, id);
            throw error;
          }
          await store.updateMetafield(at.orderId, id, { ...claim, value: 'done' });
          return { corrected: 'done' as const };
        } catch (error) {
          if (failureType(error) !== 'Conflict') throw error;
          const [mark] = (await store.metafieldsOf(at.orderId, CORRECTIONS)).filter((each) => each.key === key);
          return { corrected: mark?.value === 'done' ? ('done' as const) : ('unknown' as const) };
        }
      });
    },
  };
}

const adjustmentOf = ({ reference }: BigcommerceAt, missing: readonly BigcommerceStock[]) => ({
  reason: `cancel ${reference}`,
  items: missing.map(({ by, id, locationId, ordered }) => ({
    location_id: Number(locationId),
    [by]: Number(id),
    quantity: ordered,
  })),
});

/** By product: `none`, `product` or `variant`. One that the catalogue has no more is not tracked any more, either. */
async function trackingOf(
  store: BigcommerceClient,
  lines: readonly BigcommerceLine[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(lines.map(({ productId }) => productId))];
  const products = ids.length === 0 ? [] : await store.trackingOf(ids);
  return new Map(products.map(({ id, inventory_tracking }) => [id, inventory_tracking]));
}

/** Several at once: a page holds more than an order has. */
async function itemsOf(
  store: BigcommerceClient,
  by: BigcommerceStock['by'],
  wanted: readonly { by: BigcommerceStock['by']; id: string }[],
): Promise<InventoryItemThere[]> {
  const ids = wanted.filter((each) => each.by === by).map(({ id }) => id);
  return ids.length === 0 ? [] : store.inventoryItems({ [`${by}:in`]: ids.join(',') });
}
