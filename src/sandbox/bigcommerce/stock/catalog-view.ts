import type { Store } from '../store.js';
import type { Product, Variant } from './catalog.js';

export function variantView({ stock }: Store, { id, sku, skuId, value, product }: Variant): object {
  const item = stock.of({ id, product });
  const { option } = product;
  return {
    ...{ id, product_id: product.id, sku, sku_id: skuId, price: product.price, calculated_price: product.price },
    ...{ sale_price: 0, retail_price: 0, cost_price: 0 },
    ...{ weight: product.weight, calculated_weight: product.weight, width: 0, height: 0, depth: 0 },
    ...{ is_free_shipping: false, fixed_cost_shipping_price: 0, purchasing_disabled: false },
    ...{ purchasing_disabled_message: '', image_url: '', upc: '', mpn: '', gtin: '', bin_picking_number: '' },
    inventory_level: item === undefined || item.variantId === null ? 0 : stock.level(item),
    inventory_warning_level: 0,
    option_values:
      option === null || value === null
        ? []
        : [{ id: value.id, label: value.label, option_id: option.id, option_display_name: option.name }],
  };
}

export function productView(store: Store, product: Product, withVariants: boolean): object {
  const variants = store.catalog.variantsOf(product);
  const [first] = variants;
  const levels = store.stock.items.filter(({ productId }) => productId === product.id);
  return {
    ...{
      id: product.id,
      name: product.name,
      type: product.type,
      sku: product.option === null ? (first?.sku ?? '') : '',
    },
    ...{ description: '', weight: product.weight, width: 0, depth: 0, height: 0, price: product.price, cost_price: 0 },
    ...{ retail_price: 0, sale_price: 0, map_price: 0, tax_class_id: 0, calculated_price: product.price },
    ...{ categories: [], brand_id: 0, is_visible: true, is_featured: false, availability: 'available', upc: '' },
    inventory_level: levels.reduce((total, item) => total + store.stock.level(item), 0),
    inventory_warning_level: 0,
    inventory_tracking: product.tracking,
    order_quantity_minimum: product.quantityMinimum,
    order_quantity_maximum: product.quantityMaximum,
    base_variant_id: product.option === null ? (first?.id ?? null) : null,
    ...(withVariants && { variants: variants.map((variant) => variantView(store, variant)) }),
  };
}
