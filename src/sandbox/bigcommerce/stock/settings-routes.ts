import { inventorySettingsSchema } from '../options.js';
import { integerIn, v3Answer } from '../query.js';
import { refused } from '../refusals.js';
import { type ApiRequest, type ApiRoute, membersOf } from '../route.js';
import { needs } from '../scopes.js';

/** What the store has beside: how its shop shows what is out of stock. */
const ofTheShop = {
  ...{ product_out_of_stock_behavior: 'do_nothing', option_out_of_stock_behavior: 'do_nothing' },
  ...{ stock_level_display: 'dont_show', default_out_of_stock_message: 'Out of stock' },
  ...{ hide_in_product_filtering: false, show_pre_order_stock_levels: false, show_out_of_stock_message: false },
};

/** A channel that was told nothing of its own inherits, which is shown by nulls. */
const inherited = Object.fromEntries(
  Object.keys({ ...inventorySettingsSchema.shape, ...ofTheShop }).map((name) => [name, null]),
);

export const settingsRoutes: readonly ApiRoute[] = [
  {
    operation: 'inventorySettings.get',
    method: 'GET',
    path: '/settings/inventory',
    scopes: needs.readStore,
    handle: (request) => v3Answer(200, ofChannel(request) ? inherited : { ...request.store.inventory, ...ofTheShop }),
  },
  {
    operation: 'inventorySettings.update',
    method: 'PUT',
    path: '/settings/inventory',
    scopes: needs.writeStore,
    handle: (request) => {
      const { store } = request;
      if (ofChannel(request)) throw refused(422, 'Settings of a channel are not imitated.');
      const names = Object.keys(inventorySettingsSchema.shape);
      const own = Object.entries(membersOf(request)).filter(([name]) => names.includes(name));
      const parsed = inventorySettingsSchema.partial().safeParse(Object.fromEntries(own));
      if (!parsed.success) throw refused(422, 'The settings could not be applied.', { settings: 'error.invalid' });
      Object.assign(store.inventory, parsed.data);
      return v3Answer(200, { ...store.inventory, ...ofTheShop });
    },
  },
];

function ofChannel({ query, store }: ApiRequest): boolean {
  const id = integerIn(query, 'channel_id');
  if (id !== undefined && store.channels.byId(id) === undefined) throw refused(422, 'The channel is not found.');
  return id !== undefined;
}
