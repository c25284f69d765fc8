import type { AccountAtKeap, Transport } from '../transport.js';
import type { RestClient } from './client.js';

/** What the account has on offer, by REST v2, which cannot list the labels of manual payments. */
export function restCatalogue(rest: RestClient): Pick<Transport, 'readAccount' | 'productsBySku'> {
  return {
    async readAccount() {
      return { fields: fieldsOf(await rest.orderModel()) };
    },
    async productsBySku(sku) {
      const products = await rest.listProducts(`sku==${sku}`);
      return products.map(({ id, sku, active, price }) => ({
        id,
        sku: sku ?? '',
        active: active !== false,
        ...(price == null ? {} : { currency: price.currency_code }),
      }));
    },
  };
}

export function fieldsOf({ custom_fields }: Awaited<ReturnType<RestClient['orderModel']>>): AccountAtKeap['fields'] {
  return custom_fields.map(({ id, label, field_name, field_type }) => ({
    id,
    label,
    name: field_name,
    type: field_type,
  }));
}
