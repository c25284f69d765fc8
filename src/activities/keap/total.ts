import type { KeapIds, KeapPaying } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import type { Open } from './open.js';
import type { MoneyAtKeap, Transport } from './transport.js';
import { add, agree } from './wire.js';

/** The total is compared before money moves; a difference is a line that one side knows and the other does not. */
export function totalSteps({ open }: Open) {
  return {
    async expectTotal(want: KeapPaying, made: KeapIds): Promise<{ owed: string }> {
      const { owed } = await readExpectedMoney(open(want.order), want, made);
      return { owed };
    },
  };
}

/** Reads what the order costs at Keap. `Conflict` when that is not what it should cost. */
export async function readExpectedMoney(keap: Transport, want: KeapPaying, made: KeapIds): Promise<MoneyAtKeap> {
  const { order } = want;
  const money = await keap.readMoney(made);
  const facts = { platform: 'keap', connection: order.connection, reference: order.reference };
  if (money === undefined) throw failure('NotFound', `Keap does not show order ${made.orderId}`, facts);
  if (money.currency !== undefined && money.currency !== order.currency) {
    throw failure('Conflict', `Keap keeps order ${made.orderId} in ${money.currency}, not in ${order.currency}`, facts);
  }
  const there = add(money.owed, money.paid);
  if (!agree(there, order.total, order.lines.length)) {
    const text = `order ${made.orderId} costs ${there} ${order.currency} at Keap, not ${order.total}`;
    throw failure('Conflict', text, { ...facts, problems: [text] });
  }
  return money;
}
