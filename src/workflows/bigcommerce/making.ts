import { refuse } from '../cause.js';
import type { Undone } from '../found.js';
import { cancelling, ORDER_IS_CANCELLED } from './cancelling.js';
import type { BigcommerceAt } from './contract.js';
import type { Course, Made } from './course.js';
import { hintOfOrder } from './hints.js';
import { isLive, oursIn, whatDiffers } from './standing.js';

/** The order is there from here on, and may be cancelled. */
type There = readonly [course: Made, own: ReturnType<typeof cancelling>];

/** A new order: looked for, created, and compared with what was asked for before any money moves. */
export async function created(course: Course): Promise<There> {
  const { bc, telling, order } = course;
  let own: ReturnType<typeof cancelling> | undefined;

  telling.undo(ORDER_IS_CANCELLED, async (): Promise<Undone> => own?.cancel() ?? cancelWhatIsThere());
  const { orderId } = await telling.once(bc.findOrder, bc.createOrder, order);
  const at = { ...headOf(order), orderId };
  telling.knows({ order: orderId });
  telling.settled('order', 'total');
  if (hasFormFields(course)) await bc.setFormFields(order, at);
  const made = await bc.readBack(order, at);
  own = cancelling(course, at, made.lines);
  const differs = whatDiffers(order, made);
  if (differs.length > 0) throw refuse('Conflict', differs.join('; '), { problems: differs });
  return [{ ...course, at, made, lines: made.lines, reported: [] }, own];

  /** Its answer was lost, or it was not read back: so nothing but the reference says which it is. */
  async function cancelWhatIsThere(): Promise<Undone> {
    const found = await bc.findOrder(order);
    if (found.state === 'none') return { done: true, found: false };
    if (!('it' in found)) {
      return { done: false, left: { what: ORDER_IS_CANCELLED, why: found.why, ids: { order: found.ids.join(', ') } } };
    }
    const there = { ...headOf(order), orderId: found.it.orderId };
    const { lines } = await bc.readBack(order, there);
    return cancelling(course, there, lines).cancel();
  }
}

/** An order that the store has made: taken over by a mark. It is not ours to cancel. */
export async function takenOver(course: Course, orderId: string): Promise<There> {
  const { bc, telling, order } = course;
  const at: BigcommerceAt = { ...headOf(order), orderId };
  telling.knows({ order: orderId });
  telling.alsoNamed(hintOfOrder(orderId));
  await bc.expectPayable(order, at);

  telling.undo(`order ${orderId} is cancelled in the store`, letGo);
  await bc.markOrder(at);
  const made = await bc.readBack(order, at);
  return [{ ...course, at, made, lines: made.lines, reported: [] }, cancelling(course, at, made.lines)];

  /** Only what Waybill did is undone. Whether the order itself goes on is for the people of the store. */
  async function letGo(): Promise<Undone> {
    const now = oursIn(await bc.readOrder(at), orderId);
    await bc.unmarkOrder(at);
    if (now === undefined || !isLive(now)) return { done: true, found: true };
    const payment = now.paymentStatus === '' ? '' : `, its payment is ${now.paymentStatus}`;
    const why = `Waybill did not make it: cancel it there, or let it go on without Waybill${payment}`;
    const what = `order ${orderId} is cancelled in the store`;
    return { done: false, left: { what, why, amount: now.total, ids: { order: orderId } } };
  }
}

const headOf = ({ connection, reference }: Course['order']) => ({ connection, reference });

function hasFormFields({ order }: Course): boolean {
  const { billing_address, shipping_addresses = [] } = order.order ?? {};
  return [billing_address, ...shipping_addresses].some((address) => address?.form_fields !== undefined);
}
