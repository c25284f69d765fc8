import type { Shop, Transport } from './rig.js';

/** Lends shops out, fresh from their seed, so that each case has one to itself while many run. */
export class FreeShops {
  readonly #free: Shop[];
  readonly #waiting: { readonly transport: Transport; readonly take: (shop: Shop) => void }[] = [];

  constructor(shops: readonly Shop[]) {
    this.#free = [...shops];
  }

  async lend<T>(transport: Transport, use: (shop: Shop) => Promise<T>): Promise<T> {
    const shop = await this.#next(transport);
    try {
      shop.sandbox.reset();
      return await use(shop);
    } finally {
      const next = this.#waiting.findIndex((each) => each.transport === shop.transport);
      if (next < 0) this.#free.push(shop);
      else this.#waiting.splice(next, 1)[0]?.take(shop);
    }
  }

  async #next(transport: Transport): Promise<Shop> {
    const free = this.#free.findIndex((shop) => shop.transport === transport);
    const [shop] = free < 0 ? [] : this.#free.splice(free, 1);
    return shop ?? new Promise((take) => this.#waiting.push({ transport, take }));
  }
}
