import { refuse } from '../cause.js';
import type { BigcommercePaid, BigcommerceParcel, BigcommerceShip, BigcommerceStanding } from './contract.js';
import type { Made } from './course.js';
import { BEFORE_PARTIAL, BEFORE_SHIPPED, isOver, isStuck, movesIn, statusDue, statuses } from './standing.js';
import type { watching } from './watching.js';

/** The goods: each parcel that is reported becomes one shipment, until everything has shipped. */
export function goods(
  course: Made,
  watched: ReturnType<typeof watching>,
  paid: (word: BigcommercePaid) => Promise<string>,
) {
  const { bc, telling, at } = course;
  /** It has left, and is perhaps not posted yet. */
  let leaving: BigcommerceParcel | undefined;
  /** A cancel was answered with "partly": nothing more ships. */
  let closed = false;

  return {
    shipped,
    postLeaving,
    close: () => {
      closed = true;
    },
  };

  /** Waits until everything has shipped, and the store says so. */
  async function shipped(): Promise<void> {
    let known: string | undefined;
    /** What is shown first is what was read, unless something was given back before. */
    const isChanged = (order: BigcommerceStanding): boolean => {
      known ??= isPartlyRefunded(order) ? '' : printOf(order);
      return printOf(order) !== known;
    };
    while (!closed) {
      const now = await watched({
        what: 'everything has shipped',
        isDone: (order, forMs) =>
          closed ||
          isChanged(order) ||
          isStuck(order, course.lines, forMs) ||
          (isOver(order, course.lines) && statusDue(order, course.lines) === undefined),
        againIn: (order, forMs) => movesIn(order, course.lines, forMs),
        serves: { ship, paid },
      });
      if (now === undefined || closed) return;
      if (now.itemsShipped > 0) telling.noReturn('a parcel has left');
      // Somebody has changed lines or given something back: what is to ship is another thing then.
      if (isChanged(now)) {
        known = printOf(now);
        course.lines = await bc.readLines(at, course.lines);
        continue;
      }
      const due = statusDue(now, course.lines);
      if (due === undefined) return;
      await bc.setStatus(at, due === statuses.shipped ? BEFORE_SHIPPED : BEFORE_PARTIAL, due);
    }
  }

  async function ship(parcel: BigcommerceShip): Promise<string> {
    if (closed) throw refuse('Rejected', 'a cancel came first: the rest is not shipped any more');
    if (parcel.corrects !== undefined) return correct(parcel);
    const planned = await bc.planShipment(at, { ...course.made, lines: course.lines }, parcel);
    if ('refused' in planned) throw refuse('Rejected', planned.refused);
    if ('posted' in planned) return `it had been posted before, as shipment ${planned.posted}`;
    leaving = planned.parcel;
    course.reported.push(parcel.tracking_number);
    telling.noReturn(`a parcel has left: ${parcel.tracking_number}`);
    await postLeaving();
    return `${parcel.tracking_number} is posted`;
  }

  /** Posts the parcel that has left. A cancel waits for it, too: it cannot be called back. */
  async function postLeaving(): Promise<void> {
    if (leaving === undefined) return;
    await telling.once(bc.findShipment, bc.createShipment, at, leaving);
    leaving = undefined;
  }

  async function correct(parcel: BigcommerceShip): Promise<string> {
    const corrected = await bc.correctShipment(at, parcel);
    if ('refused' in corrected) throw refuse('Rejected', corrected.refused);
    return `shipment ${corrected.shipmentId} has the number ${parcel.tracking_number}`;
  }
}

/** What changes when somebody edits the order or gives something back. */
const printOf = (order: BigcommerceStanding): string =>
  `${order.total} ${order.paymentStatus} ${isPartlyRefunded(order)}`;

const PARTIALLY_REFUNDED = 14;

const isPartlyRefunded = ({ statusId, paymentStatus }: BigcommerceStanding): boolean =>
  statusId === PARTIALLY_REFUNDED || paymentStatus === 'partially refunded';
