import type { KeapAccount } from '../../../workflows/keap/contract.js';
import type { KeapSubscription } from '../../../workflows/keap/subscription/input.js';
import { Kept } from '../../kept.js';
import type { Open } from '../open.js';
import { KEPT_MS, pick, rejected } from '../preflight.js';
import { settingsOf } from '../settings.js';
import type { AccountAtKeap } from '../transport.js';
import { cannotSubscribe } from './carries.js';

/** What must be true of the account before anything is done for a subscription. */
export function subscriptionPreflightSteps({ openSubscription: open, served }: Open) {
  const kept = new Kept<AccountAtKeap>(KEPT_MS);
  const of = { setting: 'subscriptionReferenceField', what: 'subscription' };
  const { subscriptionReferenceField } = settingsOf(served.connection);

  return {
    /** `Rejected` with all that is missing in the account. */
    async subscriptionPreflight(order: KeapSubscription): Promise<KeapAccount> {
      const problems = cannotSubscribe(served.connection, order);
      if (problems.length > 0) throw rejected(order, problems);
      const keap = open(order);
      const read = async () => ({ fields: await keap.readSubscriptionFields() });
      const asked = kept.get('account', read);
      const wanted = { customFields: order.customFields };
      let picked = pick(wanted, subscriptionReferenceField, await asked, of);
      if (!('account' in picked)) {
        // It may have been put right a moment ago.
        kept.drop('account', asked);
        picked = pick(wanted, subscriptionReferenceField, await kept.get('account', read), of);
      }
      const plan = await keap.readPlan(order.plan);
      const planned =
        plan === undefined ? ['plan: Keap has no such subscription plan'] : plan.active ? [] : ['plan: is not active'];
      const found = [...('problems' in picked ? picked.problems : []), ...planned];
      if (found.length > 0 || !('account' in picked)) throw rejected(order, found);
      return picked.account;
    },
  };
}
