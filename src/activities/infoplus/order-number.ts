/** Back orders are told by three decimals: `48211.001`. */
const NUMBER = /^0*(\d{1,12})(?:\.(\d{1,3})0*)?$/;

/**
 * An order number in its one form, whatever text or number it came as: `48211` for `48211`, `48211.0` and `48211.000`,
 * `48211.010` for `48211.01`. Undefined for what is none.
 */
export function orderNumber(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const [, whole, decimals = ''] = NUMBER.exec(text) ?? [];
  if (whole === undefined || /^0*$/.test(whole)) return undefined;
  const part = decimals.padEnd(3, '0');
  return part === '000' ? whole : `${whole}.${part}`;
}

/** `48211` for `48211.001`: the order that a back order was split off from. */
export function wholeOf(orderNo: string): string {
  return orderNo.split('.')[0] ?? orderNo;
}

/** In ascending order: an order, then its back orders. */
export function byNumber(one: string, other: string): number {
  return Number(one) - Number(other);
}
