import type { Found } from '../../workflows/found.js';
import type { KeapMade, KeapWanted } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import { contentProblem } from './content.js';
import type { Open } from './open.js';
import { pick, rejected } from './preflight.js';
import { settingsOf } from './settings.js';

/** The order's custom fields, and on XML-RPC its own fields, which its create call cannot set. They go with the order. */
export function fieldSteps({ open, served }: Open) {
  const { referenceField } = settingsOf(served.connection);

  /** A person may have corrected the order since the account was looked at. */
  async function looked({ order, account, ...rest }: KeapWanted): Promise<KeapWanted> {
    const known = Object.entries(order.customFields ?? {}).every(([label, value]) => {
      const field = account.fields[label];
      return field !== undefined && contentProblem(field.type, value) === undefined;
    });
    if (known) return { ...rest, order, account };
    const picked = pick(order, referenceField, await open(order).readAccount());
    if ('problems' in picked) throw rejected(order, picked.problems);
    return { ...rest, order, account: picked.account };
  }

  return {
    async findFields(wanted: KeapWanted, made: KeapMade): Promise<Found<{ set: string[] }>> {
      const want = await looked(wanted);
      const unset = await open(want.order).readUnset(want, made);
      return unset.length === 0 ? { state: 'same', it: { set: [] } } : { state: 'none' };
    },

    /** Sets what does not stand as wanted and reads it back. `Rejected` names what Keap did not keep. */
    async setFields(wanted: KeapWanted, made: KeapMade): Promise<{ set: string[] }> {
      const want = await looked(wanted);
      const { reference } = want.order;
      const keap = open(want.order);
      const set = await keap.readUnset(want, made);
      if (set.length === 0) return { set };
      await keap.writeFields(want, made);
      const lost = await keap.readUnset(want, made);
      if (lost.length > 0) {
        const problems = lost.map((field) => `${field}: Keap did not keep the value`);
        const text = `Keap did not keep ${lost.join(', ')} on order ${made.orderId}`;
        throw failure('Rejected', text, { platform: 'keap', reference, problems });
      }
      return { set };
    },
  };
}
