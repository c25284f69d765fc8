import type { KeapIds, KeapPaying, KeapStanding } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import type { Open } from './open.js';
import { isPositive } from './wire.js';

/** How the order stands at Keap, read fresh. */
export function standingSteps({ open }: Open) {
  return {
    async readStanding(want: KeapPaying, made: KeapIds): Promise<KeapStanding> {
      const { reference } = want.order;
      const keap = open(want.order);
      const money = await keap.readMoney(made);
      const orderId = made.orderId ?? (await keap.readOrderId(made));
      if (money === undefined || orderId === undefined) {
        throw failure('NotFound', `Keap does not show invoice ${made.invoiceId}`, { platform: 'keap', reference });
      }
      const { total, paid, owed, paidInFull } = money;
      // Keap calls an order that costs nothing neither paid nor unpaid.
      const settled = !isPositive(owed) && (paidInFull || !isPositive(total));
      return { orderId, invoiceId: made.invoiceId, total, paid, owed, settled };
    },
  };
}
