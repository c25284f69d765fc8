import { Decimal } from '../json.js';

/** Back orders are numbered behind the point: the first of order 48211 is 48211.001. */
const places = 3;
const perOrder = 10 ** places;

/** An order number in thousandths: whole, so that two of them can be compared. */
export function inThousandths(orderNo: number): number {
  return Math.round(orderNo * perOrder);
}

/** The number of the nth back order of an order; 0 is the order itself. */
export function backOrderNumber(rootOrderNo: number, nth: number): number {
  return (Math.floor(rootOrderNo) * perOrder + nth) / perOrder;
}

export function isBackOrder(orderNo: number): boolean {
  return inThousandths(orderNo) % perOrder !== 0;
}

/** `48211` and `48211.000` are the same order; null for what is no order number. */
export function orderNumberFrom(text: string): number | null {
  return /^\d+(\.\d{1,3})?$/.test(text) ? Number(text) : null;
}

/** As people write it: `48211`, `48211.001`. */
export function orderNumberText(orderNo: number): string {
  return isBackOrder(orderNo) ? orderNo.toFixed(places) : orderNo.toFixed(0);
}

/** Which JSON number stands for an order: with its decimals (`48211.000`), or as short as can be (`48211`, `48211.01`). */
export type OrderNumberForm = 'decimals' | 'short';

export function orderNumberInJson(orderNo: number, form: OrderNumberForm): Decimal | number {
  return form === 'decimals' ? new Decimal(orderNo, places) : orderNo;
}
