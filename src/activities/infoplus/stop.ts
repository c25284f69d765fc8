import type {
  InfoplusAsked,
  InfoplusMade,
  InfoplusStillAsked,
  InfoplusWanted,
} from '../../workflows/infoplus/contract.js';
import { sameText } from '../texts.js';
import type { InfoplusClient } from './client.js';
import { refusalOf, tolerated } from './extras.js';
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

    /** Takes back what {@link askToCancel} did, as far as nobody has changed it since. @returns what is left of it, and why */
    async askNoMore({ order }: InfoplusWanted, { tagged, held }: InfoplusAsked): Promise<InfoplusStillAsked> {
      const infoplus = open(order);
      const left: string[] = [];
      for (const orderNo of tagged) {
        const why = await whyRefused(() => infoplus.removeTag(orderNo, cancelTag));
        if (why !== undefined) left.push(`tag ${cancelTag} of ${orderNo} (${why})`);
      }
      for (const { orderNo, was } of held) {
        const why = await whyRefused(() => putHoldCode(infoplus, orderNo, HOLD, was));
        if (why !== undefined) left.push(`hold of ${orderNo} (${why})`);
      }
      return { left };
    },
  };
}

/**
 * A line of the history comes once, with a new tag: nothing shows whether it is there, and each more would be read as
 * another request. So the tag comes first, which a repeated attempt sees; a line that is lost is not written again.
 */
async function tagOnce(infoplus: InfoplusClient, orderNo: string, tag: string): Promise<boolean> {
  let tags: string[] = [];
  await tolerated(async () => {
    tags = await infoplus.tagsOf(orderNo);
  });
  if (tags.some((name) => sameText(name, tag))) return true;
  const { done } = await tolerated(() => infoplus.addTag(orderNo, tag));
  if (done) await tolerated(() => infoplus.audit(orderNo, AUDIT));
  return done;
}

/** What is gone needs no change any more. */
async function whyRefused(change: () => Promise<void>): Promise<string | undefined> {
  const refused = await refusalOf(change);
  return refused?.type === 'Rejected' ? refused.why : undefined;
}

async function putHoldCode(infoplus: InfoplusClient, orderNo: string, from: string, to: string): Promise<void> {
  const { raw, there } = await infoplus.getRecord(orderNo);
  if (sameText(there.holdCode ?? 'N', from)) await infoplus.updateOrder({ ...raw, holdCode: to });
}
