import type { Found } from '../../workflows/found.js';
import type { KeapMade, KeapWanted } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import type { Open } from './open.js';

/** The order's custom fields, and on XML-RPC its own fields, which its create call cannot set. They go with the order. */
export function fieldSteps({ open }: Open) {
  return {
    async findFields(want: KeapWanted, made: KeapMade): Promise<Found<{ set: string[] }>> {
      const unset = await open({ reference: want.order.reference }).readUnset(want, made);
      return unset.length === 0 ? { state: 'same', it: { set: [] } } : { state: 'none' };
    },

    /** Sets what does not stand as wanted and reads it back. `Rejected` names what Keap did not keep. */
    async setFields(want: KeapWanted, made: KeapMade): Promise<{ set: string[] }> {
      const { reference } = want.order;
      const keap = open({ reference });
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
