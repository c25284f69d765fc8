import { jsonAnswer } from '../answer.js';
import type { ApiRoute } from './route.js';
import { needs } from './scopes.js';
import { bigcommerceSeed } from './seed.js';
import { unixSeconds } from './times.js';

/** The store itself. */
export const storeRoutes: readonly ApiRoute[] = [
  {
    operation: 'time.get',
    method: 'GET',
    path: '/time',
    scopes: needs.nothing,
    handle: ({ store }) => jsonAnswer(200, { time: unixSeconds(store.clock.now()) }),
  },
  {
    operation: 'store.get',
    method: 'GET',
    path: '/store',
    scopes: needs.readStore,
    handle: ({ store }) =>
      jsonAnswer(200, {
        ...{ id: store.storeHash, account_uuid: '00000000-0000-4000-8000-000000000001', domain: 'shop.example.com' },
        ...{ secure_url: 'https://shop.example.com', status: 'live', name: 'Waybill sandbox', first_name: 'Sam' },
        ...{ last_name: 'Ortega', address: '', country: 'United States', country_code: 'US', phone: '' },
        ...{ admin_email: 'owner@example.com', order_email: 'owner@example.com', favicon_url: '' },
        timezone: { name: 'UTC', raw_offset: 0, dst_offset: 0, dst_correction: false },
        ...{ language: 'en', currency: store.currency, currency_symbol: '$', decimal_separator: '.' },
        ...{ thousands_separator: ',', decimal_places: 2, currency_symbol_location: 'left', weight_units: 'LBS' },
        ...{ dimension_units: 'Inches', dimension_decimal_places: 2, plan_name: 'Standard', plan_level: 'Standard' },
        ...{ industry: '', is_price_entered_with_tax: false, store_id: Number(bigcommerceSeed.storeId) },
        ...{ default_site_id: 1000, default_channel_id: 1, active_comparison_modules: [] },
      }),
  },
];
