import type { FlxpointAt, FlxpointBefore, FlxpointMade, FlxpointWanted } from '../../workflows/flxpoint/contract.js';
import type { Found } from '../../workflows/found.js';
import { textsIn } from '../call.js';
import { failure } from '../failure.js';
import { write } from '../write.js';
import { itemBody } from './body.js';
import { differences, samePrice, sameProduct } from './compare.js';
import type { Open } from './open.js';
import { namesOf, peopleOf } from './people.js';
import type { ItemThere, OrderThere } from './shapes.js';
import { itemsTagged, itemsTaken, lineTag } from './tags.js';

/**
 * A line of an order: found by its tag, or by what is there since it was sent; and added. The call takes no reference and
 * adds the same line twice, so what stood on the order before is remembered, and compared with what stands there after.
 */
export function lineSteps({ open }: Open) {
  return {
    async rememberItems(at: FlxpointAt): Promise<FlxpointBefore> {
      const order = await open(at).getOrder(at.reference);
      const items = order.orderItems.map(({ id }) => id).sort((one, other) => Number(one) - Number(other));
      return { items, pieces: piecesOf(order.orderItems), added: additionsIn(order) };
    },

    /** @param item an order item's id that a person gave: only that one counts */
    async findLine(at: FlxpointAt, want: FlxpointWanted, item?: string): Promise<Found<FlxpointMade>> {
      const order = await open(at).getOrder(at.reference);
      return item === undefined ? judge(want, order) : byId(want, order, item.trim());
    },

    /** Looks once more right before it sends: the order must be Open, and nothing must have appeared meanwhile. */
    async addLine(at: FlxpointAt, want: FlxpointWanted): Promise<FlxpointMade> {
      return write('addLine', async () => {
        const details = { platform: 'flxpoint', connection: at.connection, reference: at.reference };
        const { listingVariantId = want.variant.productVariantId } = want.variant;
        if (listingVariantId === undefined) {
          throw failure('Rejected', `the product of line ${want.line.reference} is not known any more`, details);
        }
        const before = await open(at).getOrder(at.reference);
        if (before.orderStatus !== 'Open') {
          throw failure('Rejected', `order ${at.reference} is ${before.orderStatus}, not Open`, details);
        }
        if (judge(want, before).state !== 'none') {
          throw failure('OutcomeUnknown', `line ${want.line.reference} has appeared before it was sent`, details);
        }
        const personal = [...peopleOf(before), ...textsIn(want.line.shippingAddress)];
        const quotable = [...namesOf(before, []), ...textsIn(want.variant)];
        const after = await open(at, personal, quotable).addItem(at.reference, itemBody(want));
        const found = judge(want, after, 'answer');
        if (found.state === 'same') return found.it;
        throw failure(
          'OutcomeUnknown',
          `line ${want.line.reference} was sent, and the answer does not show it`,
          details,
        );
      });
    },

    /** Tags are a set: twice is as good as once. */
    async tagLine(at: FlxpointAt, { reference, orderItemId }: FlxpointMade): Promise<{ tag: string }> {
      const tag = lineTag(reference, orderItemId);
      await open(at).setTags(at.reference, { add: [tag] });
      return { tag };
    },

    /** The line is canceled: under its reference another one may be added. */
    async untagLine(at: FlxpointAt, { reference, orderItemId }: FlxpointMade): Promise<{ tag: string }> {
      const tag = lineTag(reference, orderItemId);
      await open(at).setTags(at.reference, { remove: [tag] });
      return { tag };
    },
  };
}

/** An order that was read later may have been changed by anybody; the answer to our own call shows what that did. */
type Shown = 'later' | 'answer';

function judge(want: FlxpointWanted, order: OrderThere, shown: Shown = 'later'): Found<FlxpointMade> {
  const tagged = itemsTagged(order.tags, want.line.reference);
  if (tagged.length === 0) return amongNew(want, order, shown);
  const found = byTag(want, order, tagged);
  if (!('it' in found)) return found;
  const doubles = doublesOf(want, order);
  if (doubles.length === 0) return found;
  return several(want, [...order.orderItems.filter(({ id }) => id === found.it.orderItemId), ...doubles]);
}

/** A line that was sent twice may show twice, one tagged: calls have added more then than the tags explain. */
function doublesOf(want: FlxpointWanted, order: OrderThere): ItemThere[] {
  const taken = itemsTaken(order.tags);
  const fresh = freshOf(want, order);
  const tagged = fresh.filter(({ id }) => taken.includes(id));
  if (addedSince(order, want.before).byCalls <= tagged.length) return [];
  return fresh.filter((item) => !taken.includes(item.id) && isExact(want, item) && !isCanceled(item));
}

const byId = (want: FlxpointWanted, order: OrderThere, item: string): Found<FlxpointMade> =>
  asWanted(
    want,
    order.orderItems.filter(({ id }) => id === item),
  );

/** A canceled line beside another is passed over; alone, it has used up the reference. */
function byTag(want: FlxpointWanted, order: OrderThere, tagged: readonly string[]): Found<FlxpointMade> {
  const there = order.orderItems.filter(({ id }) => tagged.includes(id));
  const live = there.filter((item) => !isCanceled(item));
  if (live.length > 0) return asWanted(want, live);
  const why = there.length === 0 ? 'is not on the order any more' : 'was canceled';
  return {
    state: 'dead',
    why: `line ${want.line.reference} (item ${tagged.join(', ')}) ${why}; use a new reference for the line`,
    ids: tagged,
  };
}

function asWanted(want: FlxpointWanted, items: readonly ItemThere[]): Found<FlxpointMade> {
  const [item, ...more] = items;
  if (item === undefined) return { state: 'none' };
  if (more.length > 0) return several(want, items);
  const differs = differences(want, item);
  if (differs.length > 0)
    return { state: 'other', why: `item ${item.id} differs in ${differs.join(', ')}`, ids: [item.id] };
  return { state: 'same', it: { reference: want.line.reference, orderItemId: item.id, quantity: item.quantity } };
}

function several({ line }: FlxpointWanted, items: readonly ItemThere[]): Found<FlxpointMade> {
  const ids = items.map(({ id }) => id);
  return { state: 'several', why: `items ${ids.join(' and ')} may all be line ${line.reference}`, ids };
}

/**
 * What is new and no other line's. Anything that may be the line in another form, or that the history tells of and the
 * items do not show, is for a person to judge: a line that is sent again ships twice.
 */
function amongNew(want: FlxpointWanted, order: OrderThere, shown: Shown): Found<FlxpointMade> {
  const { before, line } = want;
  const taken = itemsTaken(order.tags);
  const fresh = freshOf(want, order);
  const alike = fresh.filter((item) => !taken.includes(item.id) && sameProduct(want, item));
  // Before it was sent nothing was there but what had been canceled; so in the answer such an item is not ours.
  const exact = alike.filter((item) => isExact(want, item) && !(shown === 'answer' && isCanceled(item)));
  const since = addedSince(order, before);
  const live = exact.filter((item) => !isCanceled(item));
  // Where only calls have added them, it was sent twice, and whoever canceled one has settled that. Where somebody else
  // has added one, the one that is left may be theirs.
  const areSettled = since.byOthers === 0 && since.byCalls >= exact.length && live.length <= 1;
  if (exact.length > 1 && !areSettled) return several(want, exact);
  const [it = exact[0]] = live;
  const by = shown === 'answer' ? 'us' : doorOf(since);
  if (it !== undefined && by !== 'others') {
    if (!isCanceled(it))
      return { state: 'same', it: { reference: line.reference, orderItemId: it.id, quantity: it.quantity } };
    return { state: 'dead', why: `line ${line.reference} (item ${it.id}) was canceled`, ids: [it.id] };
  }
  if (it !== undefined && !isCanceled(it)) {
    const why = `item ${it.id} is like line ${line.reference}, and was not added by a call`;
    return { state: 'other', why, ids: [it.id] };
  }
  // What a call has added may be the line although it was changed since.
  const near = alike.filter((item) => item !== it && (item.quantity === line.quantity || by === 'us'));
  if (near.length > 0) {
    const ids = near.map(({ id }) => id);
    const why = `item ${ids.join(', ')} is new and differs from line ${line.reference} in price or quantity`;
    return { state: 'other', why, ids };
  }
  const old = order.orderItems.filter(({ id }) => before.items.includes(id));
  if (piecesOf(old) > before.pieces || additionsIn(order) - before.added > fresh.length) {
    return {
      state: 'other',
      why: `the order has grown since line ${line.reference} was sent, without a new item of it`,
      ids: [],
    };
  }
  return { state: 'none' };
}

/** What was not on the order before the line was sent. */
const freshOf = ({ before }: FlxpointWanted, { orderItems }: OrderThere): ItemThere[] =>
  orderItems.filter(({ id }) => !before.items.includes(id));

/** As it was sent. */
const isExact = (want: FlxpointWanted, item: ItemThere): boolean =>
  sameProduct(want, item) && item.quantity === want.line.quantity && samePrice(want, item);

const isCanceled = ({ quantity, canceledQuantity }: ItemThere): boolean => canceledQuantity >= quantity;

const piecesOf = (items: readonly ItemThere[]): number => items.reduce((sum, { quantity }) => sum + quantity, 0);

const additionsTo = ({ orderStatusHistory }: OrderThere) =>
  orderStatusHistory
    .filter(({ orderHistoryType }) => orderHistoryType?.handle === 'order_line_item_added')
    .sort((one, other) => Number(one.id) - Number(other.id));

const additionsIn = (order: OrderThere): number => additionsTo(order).length;

/** Doors of Flxpoint through which no call comes. Which of the others our own leave is not documented. */
const OTHER_DOORS = ['user', 'dealer_portal', 'vendor_portal', 'channel_integration', 'source_integration'];

/** How many lines were added since, as far as the history tells: by calls, which may be ours, and through other doors. */
interface AddedSince {
  readonly byCalls: number;
  readonly byOthers: number;
}

function addedSince(order: OrderThere, { added }: FlxpointBefore): AddedSince {
  const since = additionsTo(order).slice(added);
  const byOthers = since.filter(({ orderInteractionType: by }) => OTHER_DOORS.includes(by?.handle ?? '')).length;
  return { byCalls: since.length - byOthers, byOthers };
}

/** Perhaps by us, when one of them came through no other door. */
function doorOf({ byCalls, byOthers }: AddedSince): 'us' | 'others' | 'nobody' {
  if (byCalls > 0) return 'us';
  return byOthers > 0 ? 'others' : 'nobody';
}
