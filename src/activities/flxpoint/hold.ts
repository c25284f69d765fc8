import type { FlxpointAt, FlxpointMade } from '../../workflows/flxpoint/contract.js';
import type { Open } from './open.js';
import { CANCEL_NEEDED } from './tags.js';

/** While an order is on hold no fulfillment request is made of it. */
export function holdSteps({ open }: Open) {
  return {
    /** Puts an open order on hold, and says why: in the note of its history, and by a tag that can be searched for. */
    async holdOrder(at: FlxpointAt, lines: readonly FlxpointMade[]): Promise<{ held: true }> {
      const client = open(at);
      const { orderStatus, tags } = await client.getOrder(at.reference);
      const note = `to be canceled: item ${lines.map(({ orderItemId }) => orderItemId).join(', ')}`;
      if (orderStatus === 'Open') await client.setStatus(at.reference, 'On Hold', note);
      if (!tags.includes(CANCEL_NEEDED)) await client.setTags(at.reference, { add: [CANCEL_NEEDED] });
      return { held: true };
    },

    /** @param wasOpen it was Open before; what somebody else has made of it meanwhile stays */
    async releaseOrder(at: FlxpointAt, wasOpen: boolean): Promise<{ open: boolean }> {
      const client = open(at);
      const { orderStatus, tags } = await client.getOrder(at.reference);
      const release = wasOpen && orderStatus === 'On Hold';
      if (release) await client.setStatus(at.reference, 'Open', 'nothing is to be canceled any more');
      if (tags.includes(CANCEL_NEEDED)) await client.setTags(at.reference, { remove: [CANCEL_NEEDED] });
      return { open: release || orderStatus === 'Open' };
    },
  };
}
