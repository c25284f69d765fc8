import { keapSeed } from '../seed.js';
import { filterBy, numberField, parseFilter, textField } from './filter.js';
import { page } from './page.js';
import { ok, type RestRoute } from './route.js';

type MerchantAccount = typeof keapSeed.merchantAccount;

const fields = {
  id: numberField<MerchantAccount>((account) => account.id),
  name: textField<MerchantAccount>((account) => account.name),
  type: textField<MerchantAccount>((account) => account.type),
};

/** The account itself: its gateways, its user, whether it is switched on. */
export const accountRoutes: readonly RestRoute[] = [
  {
    operation: 'merchants.list',
    method: 'GET',
    path: '/merchants',
    handle: ({ query }) => {
      const meets = filterBy<MerchantAccount>(parseFilter(query.get('filter')), (name) =>
        Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : undefined,
      );
      const found = page([keapSeed.merchantAccount].filter(meets), query, {
        id: ({ id }) => id,
        name: ({ name }) => name,
      });
      return ok({
        default_merchant_account_id: String(keapSeed.merchantAccount.id),
        merchant_accounts: found.items.map(({ id, name, type }) => ({ id: String(id), name, type, is_test: true })),
        next_page_token: found.next_page_token,
      });
    },
  },
  {
    operation: 'userinfo.get',
    method: 'GET',
    path: '/oauth/connect/userinfo',
    handle: () => {
      const { id, email, givenName, familyName } = keapSeed.user;
      return ok({
        id: String(id),
        sub: String(id),
        email,
        given_name: givenName,
        family_name: familyName,
        is_admin: true,
        tenant_id: keapSeed.tenant,
      });
    },
  },
  {
    operation: 'application.isEnabled',
    method: 'GET',
    path: '/settings/applications::isEnabled',
    handle: () => ok({ isEnabled: true }),
  },
];
