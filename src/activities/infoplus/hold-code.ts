import type { InfoplusMade, InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { failure } from '../failure.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';
import { isEditable } from './status.js';

/** `N` and `Y` hold nothing. Nor does none. */
export function isHeld(code: string | undefined): boolean {
  return code !== undefined && !['N', 'Y'].includes(code.toUpperCase());
}

/**
 * Whether somebody else holds the order: in some accounts a code means that it was shipped elsewhere, and letters and
 * digits are the warehouse's own.
 */
export function isHeldByOthers({ holdCode }: OrderThere, ours: string | undefined): boolean {
  return isHeld(holdCode) && holdCode?.toUpperCase() !== ours;
}

/** `Rejected`: what may no longer be changed, or is somebody else's. */
export function refusedFor({ order }: InfoplusWanted, message: string) {
  const { connection, reference } = order;
  return failure('Rejected', message, { platform: 'infoplus', connection, reference });
}

export const tooLate = (want: InfoplusWanted, { orderNo, status }: OrderThere) =>
  refusedFor(want, `too late: order ${orderNo} is ${status}`);

/** The hold that an order was created with, taken off. */
export function holdCodeSteps({ open }: Open) {
  return {
    /** @returns the code that was there; once it is off, the same again changes nothing */
    async releaseOrder(want: InfoplusWanted, { orderNo }: InfoplusMade): Promise<{ was: string }> {
      const infoplus = open(want.order);
      const { raw, there } = await infoplus.getRecord(orderNo);
      const was = there.holdCode ?? 'N';
      if (!isHeld(was)) return { was };
      if (isHeldByOthers(there, want.order.holdCode)) {
        throw refusedFor(want, `order ${orderNo} has the hold code ${was}, which somebody else has set`);
      }
      if (!isEditable(there.status)) throw tooLate(want, there);
      await infoplus.updateOrder({ ...raw, holdCode: 'N' });
      const now = await infoplus.getOrder(orderNo);
      if (!isHeld(now.holdCode)) return { was };
      const { connection, reference } = want.order;
      const details = { platform: 'infoplus', connection, reference };
      throw failure('Unavailable', `order ${orderNo} still shows the hold code ${now.holdCode}`, details);
    },
  };
}
