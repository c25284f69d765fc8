import type { InfoplusAsked, InfoplusMade, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { sameText } from '../texts.js';
import type { InfoplusClient } from './client.js';
import { tolerated } from './extras.js';
import { ordersUnder, rootOf } from './family.js';
import { isHeld } from './hold-code.js';
import type { Open } from './open.js';
import { isEditable, isEnd } from './status.js';

/** In an order's history, for the people at the warehouse. Part of an address, so it is short. */
const AUDIT = 'Cancellation requested by the shop';

/** Held out of all processing. */
const HOLD = 'H';

/** No call cancels an order that is processed: a tag, and what the account has set up for it, asks people to. */
export function stopSteps({ open, settings: { cancelTag } }: Open) {
  return {
    /**
     * Tags the order and those of its back orders that may still ship. What could be processed yet is held meanwhile,
     * unless somebody holds it already. The same again adds nothing.
     */
    async askToCancel(want: InfoplusWanted, { orderNo }: InfoplusMade): Promise<InfoplusAsked> {
      const infoplus = open(want.order);
      const ours = (await ordersUnder(infoplus, want)).filter((order) => rootOf(order) === orderNo);
      const tagged: string[] = [];
      const held: { orderNo: string; was: string }[] = [];
      for (const { orderNo, status, holdCode = 'N' } of ours.filter(({ status }) => !isEnd(status))) {
        if (await tagOnce(infoplus, orderNo, cancelTag)) tagged.push(orderNo);
        if (!isEditable(status) || isHeld(holdCode)) continue;
        const { done } = await tolerated(() => putHoldCode(infoplus, orderNo, holdCode, HOLD));
        if (done) held.push({ orderNo, was: holdCode });
      }
      return { tagged, held };
    },

    /** Takes back what {@link askToCancel} did, as far as nobody has changed it since. */
    async askNoMore({ order }: InfoplusWanted, { tagged, held }: InfoplusAsked): Promise<void> {
      const infoplus = open(order);
      for (const orderNo of tagged) await tolerated(() => infoplus.removeTag(orderNo, cancelTag));
      for (const { orderNo, was } of held) await tolerated(() => putHoldCode(infoplus, orderNo, HOLD, was));
    },
  };
}

/**
 * A line of the history comes with a new tag only: each would be written again. It comes first, so that a tag tells that
 * it is there.
 */
async function tagOnce(infoplus: InfoplusClient, orderNo: string, tag: string): Promise<boolean> {
  let tags: string[] = [];
  await tolerated(async () => {
    tags = await infoplus.tagsOf(orderNo);
  });
  if (tags.some((name) => sameText(name, tag))) return true;
  await tolerated(() => infoplus.audit(orderNo, AUDIT));
  const { done } = await tolerated(() => infoplus.addTag(orderNo, tag));
  return done;
}

async function putHoldCode(infoplus: InfoplusClient, orderNo: string, from: string, to: string): Promise<void> {
  const { raw, there } = await infoplus.getRecord(orderNo);
  if (sameText(there.holdCode ?? 'N', from)) await infoplus.updateOrder({ ...raw, holdCode: to });
}
