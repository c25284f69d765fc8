import { causeOf, refuse } from '../cause.js';
import { canonical, fingerprint } from '../fingerprint.js';
import type { InfoplusOrder, InfoplusWanted } from './contract.js';
import type { Course } from './course.js';
import { whyNotEditable } from './standing.js';
import { AMENDMENT_LOOKS } from './steps.js';

/** What can be asked of an order while it waits: each answers what it did, or throws its refusal. */
export function amending({ ip, telling, want, made }: Course) {
  const { order } = want;
  const amended = new Set<string>();
  let amendments = 0;

  return {
    amendments: () => amendments,

    async amend(next: InfoplusOrder): Promise<string> {
      const print = fingerprint(next);
      if (print === fingerprint(order)) {
        if (amended.has(print)) return 'it had been amended so before';
        throw refuse('Rejected', 'the amendment changes nothing');
      }
      expectAmendable(order, next);
      await expectEditable();
      const before: InfoplusWanted = { order: { ...order }, at: want.at };
      const after: InfoplusWanted = { order: next, at: await ip.lookUp(next) };
      await ip.checkItems(after);
      try {
        await ip.amendOrder(after, before, made);
      } catch (error) {
        // Infoplus does not say in a code why it refuses. The warehouse may have begun meanwhile.
        if (causeOf(error).type === 'Rejected') await expectEditable();
        throw error;
      }
      for (const tag of without(next.tags, before.order.tags)) await ip.addTag(after, made, tag);
      for (const tag of without(before.order.tags, next.tags)) await ip.removeTag(after, made, tag);
      want.at = after.at;
      telling.amended(next);
      amended.add(print);
      amendments++;
      await telling.until({
        what: 'the order is amended',
        look: () => ip.readAmendment(after, before, made),
        isTrue: ({ shown }) => shown,
        looks: AMENDMENT_LOOKS,
        facts: ({ differences }) => differences,
        untold: true,
      });
      return 'the order shows it';
    },

    async release(): Promise<string> {
      await expectEditable();
      const { was } = await ip.releaseOrder(want, made);
      return was === 'N' || was === 'Y' ? 'it is not held' : `the hold ${was} is off`;
    },
  };

  async function expectEditable(): Promise<void> {
    const why = whyNotEditable(await ip.readOrder(want, made), made);
    if (why !== undefined) throw refuse('Rejected', `too late: ${why}`);
  }
}

/** What took effect with the creation alone. With a customer's number the bill-to is the customer's. */
function expectAmendable(order: InfoplusOrder, next: InfoplusOrder): void {
  const names = ['customerNo', 'customer', 'useOrderNoRoot'] as const;
  const billTo = order.customerNo === undefined ? [] : Object.keys({ ...order, ...next }).filter(isBillTo);
  const moved = [...names, ...billTo].filter((name) => {
    const member = name as keyof InfoplusOrder;
    return canonical(next[member]) !== canonical(order[member]);
  });
  if (moved.length === 0) return;
  throw refuse('Rejected', `these members cannot be changed once the order is made: ${moved.join(', ')}`);
}

const isBillTo = (name: string): boolean => name.startsWith('billTo');

const without = (tags: readonly string[] = [], others: readonly string[] = []): string[] =>
  tags.filter((tag) => !others.some((other) => other.toLowerCase() === tag.toLowerCase()));
