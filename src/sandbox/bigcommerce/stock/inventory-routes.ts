import { isOneOf, numbersIn, v3List, valuesIn } from '../query.js';
import { type ApiRoute, membersOf } from '../route.js';
import { needs } from '../scopes.js';
import { bigcommerceSeed } from '../seed.js';
import type { Store } from '../store.js';
import { adjust } from './adjusting.js';
import type { StockItem } from './stock.js';

export const inventoryRoutes: readonly ApiRoute[] = [
  {
    operation: 'inventoryItems.list',
    method: 'GET',
    path: '/inventory/items',
    scopes: needs.readInventory,
    handle: ({ store, query }) => {
      const [skus, locations] = [valuesIn(query, 'sku'), numbersIn(query, 'location_id')];
      const [variants, products] = [numbersIn(query, 'variant_id'), numbersIn(query, 'product_id')];
      const found = store.stock.items.filter(
        (item) =>
          isOneOf(item.sku, skus) && isOneOf(variantOf(store, item), variants) && isOneOf(item.productId, products),
      );
      return v3List(found, query, (item) => itemView(store, item, locations));
    },
  },
  {
    operation: 'inventory.adjustRelative',
    method: 'POST',
    path: '/inventory/adjustments/relative',
    scopes: needs.writeInventory,
    handle: (request) => adjust(request.store, membersOf(request), 'relative'),
  },
  {
    operation: 'inventory.adjustAbsolute',
    method: 'PUT',
    path: '/inventory/adjustments/absolute',
    scopes: needs.writeInventory,
    handle: (request) => adjust(request.store, membersOf(request), 'absolute'),
  },
  {
    operation: 'locations.list',
    method: 'GET',
    path: '/inventory/locations',
    scopes: needs.readLocations,
    handle: ({ query }) => {
      const [ids, codes] = [numbersIn(query, 'location_id'), valuesIn(query, 'location_code')];
      const found = bigcommerceSeed.locations.filter(
        ({ id, code }) => isOneOf<number>(id, ids) && isOneOf<string>(code, codes),
      );
      return v3List(found, query, locationView);
    },
  },
];

/** What is counted as a whole is told with its first variant. */
const variantOf = ({ catalog }: Store, { productId, variantId }: StockItem): number =>
  variantId ?? catalog.variants.find(({ product }) => product.id === productId)?.id ?? 0;

function itemView(store: Store, item: StockItem, locations: readonly number[] | undefined): object {
  return {
    identity: { sku: item.sku, variant_id: variantOf(store, item), product_id: item.productId, sku_id: item.skuId },
    locations: bigcommerceSeed.locations
      .filter(({ id }) => isOneOf<number>(id, locations))
      .map(({ id, code, label }) => {
        const onHand = item.onHand.get(id) ?? 0;
        return {
          ...{ location_id: id, location_code: code, location_name: label },
          ...{ available_to_sell: Math.max(0, onHand - item.safetyStock), total_inventory_onhand: onHand },
          location_enabled: true,
          settings: {
            ...{ safety_stock: item.safetyStock, is_in_stock: onHand > item.safetyStock, warning_level: 0 },
            bin_picking_number: '',
          },
        };
      }),
  };
}

function locationView({ id, code, label }: (typeof bigcommerceSeed.locations)[number]): object {
  const at = '2026-01-01T00:00:00Z';
  return {
    ...{ id, code, label, description: '', managed_by_external_source: false, type_id: 'PHYSICAL', enabled: true },
    ...{ time_zone: 'Etc/UTC', created_at: at, updated_at: at, storefront_visibility: true, special_hours: [] },
    address: {
      ...{ address1: '1 Dock Street', address2: '', city: 'Portland', state: 'Oregon', zip: '97201' },
      ...{ email: 'warehouse@example.com', phone: '', country_code: 'US' },
      geo_coordinates: { latitude: 45.5, longitude: -122.6 },
    },
  };
}
