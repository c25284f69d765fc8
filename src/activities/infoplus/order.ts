import type { Found } from '../../workflows/found.js';
import type { InfoplusMade, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { shortened } from '../shortened.js';
import { write } from '../write.js';
import { orderBody } from './body.js';
import { customFieldsDiffer, differences } from './compare.js';
import { courseOf, families, ordersUnder } from './family.js';
import type { Open } from './open.js';
import { orderNumber, wholeOf } from './order-number.js';
import type { OrderThere } from './shapes.js';

/** The order itself: found by its reference, and created. */
export function orderSteps({ open }: Open) {
  return {
    /**
     * Looks over the line of business. Cancelled orders are passed over: Infoplus takes a new one under the reference.
     *
     * @param atNumber an order number that a person gave: only that order counts
     */
    async findOrder(want: InfoplusWanted, atNumber?: string): Promise<Found<InfoplusMade>> {
      const all = families(await ordersUnder(open(want.order), want));
      const number = orderNumber(atNumber);
      const chosen = atNumber === undefined ? all : new Map([...all].filter(([root]) => root === number));
      return judge(want, chosen);
    },

    async createOrder(want: InfoplusWanted): Promise<InfoplusMade> {
      return write('createOrder', async () => {
        const { orderNo, customFields } = await open(want.order).createOrder(orderBody(want));
        return { orderNo: wholeOf(orderNo), fieldsSet: fieldsAre(want, customFields) };
      });
    },
  };
}

function judge(want: InfoplusWanted, all: ReadonlyMap<string, readonly OrderThere[]>): Found<InfoplusMade> {
  const [first, ...more] = [...all].filter(([, family]) => courseOf(family) !== 'dead');
  if (first === undefined) return { state: 'none', ...passedOver(want, all) };
  if (more.length > 0) {
    const ids = [first, ...more].map(([root]) => root);
    return { state: 'several', why: `orders ${ids.join(' and ')} carry the reference`, ids };
  }
  const [orderNo, family] = first;
  const root = rootIn(first);
  const differs = differencesOf(want, first);
  if (differs.length > 0) {
    return { state: 'other', why: `order ${orderNo} differs in ${shortened(differs)}`, ids: [orderNo] };
  }
  const it = { orderNo, fieldsSet: root === undefined || fieldsAre(want, root.customFields) };
  if (courseOf(family) === 'shipped') return { state: 'finished', it: { ...it, ended: true } };
  return { state: it.fieldsSet ? 'same' : 'subset', it };
}

type Family = readonly [root: string, family: readonly OrderThere[]];

/** Not there where only back orders are left of it. */
const rootIn = ([number, family]: Family): OrderThere | undefined => family.find(({ orderNo }) => orderNo === number);

function differencesOf(want: InfoplusWanted, family: Family): string[] {
  const root = rootIn(family);
  if (root === undefined) return [];
  return differences(
    want,
    root,
    family[1].filter((each) => each !== root),
  );
}

/** All are dead; those with our content may have been made by us. */
function passedOver(want: InfoplusWanted, all: ReadonlyMap<string, readonly OrderThere[]>) {
  const alike = [...all].filter((family) => rootIn(family) !== undefined && differencesOf(want, family).length === 0);
  if (alike.length === 0) return {};
  return { passedOver: alike.map(([id]) => ({ id, it: { orderNo: id, fieldsSet: true, ended: true as const } })) };
}

const fieldsAre = ({ order }: InfoplusWanted, there: Record<string, unknown>): boolean =>
  customFieldsDiffer(order.customFields, there).length === 0;
