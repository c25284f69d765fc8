import type { BigcommerceAt, BigcommerceLine, BigcommerceStock } from './contract.js';
import type { Course } from './course.js';
import { STOCK_AGAIN_MS, STOCK_WITHIN_MS } from './steps.js';

/** How stock that an order held is given back: waited for, or corrected by one call, and looked at. */
export function restocking({ bc, telling }: Pick<Course, 'bc' | 'telling'>, at: BigcommerceAt) {
  return { correct, back };

  /**
   * Raises stock by what was ordered of each, once.
   *
   * @returns why a person has to look at it; undefined when it was done
   */
  async function correct(
    missing: readonly BigcommerceStock[],
    lines: readonly BigcommerceLine[],
  ): Promise<string | undefined> {
    const { corrected } = await bc.correctStock(at, missing);
    if (corrected === 'unknown') {
      return `a correction was begun, and nothing tells whether it was done: ${missing.map(nameOf).join(', ')}`;
    }
    // It takes effect with a delay. Others sell meanwhile, so what is not seen in time says nothing.
    await back(missing, lines);
    return undefined;
  }

  /** Waits for a minute at most until what was ordered of each is there again. @returns the stock as it is then */
  async function back(
    held: readonly BigcommerceStock[],
    lines: readonly BigcommerceLine[],
  ): Promise<readonly BigcommerceStock[]> {
    const { stock } = await telling.until<{ stock: readonly BigcommerceStock[] }>({
      what: 'the stock of the order is back',
      look: async () => ({ stock: await bc.readStock(at, lines) }),
      isTrue: ({ stock: now }, forMs) => held.every((each) => isBack(each, now)) || forMs >= STOCK_WITHIN_MS,
      againIn: () => STOCK_AGAIN_MS,
      untold: true,
    });
    return stock;
  }
}

/** The stock of the same product; undefined where it is shown no more. */
export const find = ({ by, id }: BigcommerceStock, stock: readonly BigcommerceStock[]): BigcommerceStock | undefined =>
  stock.find((each) => each.by === by && each.id === id);

export const isBack = (held: BigcommerceStock, now: readonly BigcommerceStock[]): boolean =>
  (find(held, now)?.available ?? 0) >= held.available + held.ordered;

export const nameOf = ({ sku, id, ordered }: BigcommerceStock): string => `${sku ?? id} (${ordered})`;
