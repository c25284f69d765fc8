import { type OperationSelector, type RequestRecord, selects } from './ledger.js';

/** Where a request is kept waiting: `arrival` before its work, `done` after its work and before its answer. */
export type HoldPoint = 'arrival' | 'done';

/** A place where a request will stand still until the test lets it go. */
export interface Hold {
  readonly id: number;
  /** Resolves when the request stands there. */
  readonly reached: Promise<RequestRecord>;
  /** Lets it go on, or lets it pass when it has not come yet. */
  release(): void;
}

interface Place {
  id: number;
  selector: OperationSelector;
  at: HoldPoint;
  left: number;
  stand(record: RequestRecord): Promise<void>;
  hold: Hold;
}

/** Holds keep a request in flight, so that a test can kill its sender at that very moment. */
export class HoldBook {
  readonly #places = new Map<number, Place>();
  #nextId = 1;

  /** Holds the `nth` matching request from now on. */
  add(options: { operation: OperationSelector; nth?: number | undefined; at?: HoldPoint | undefined }): Hold {
    const id = this.#nextId++;
    let arrive: (record: RequestRecord) => void = () => {};
    let release: () => void = () => {};
    const reached = new Promise<RequestRecord>((resolve) => {
      arrive = resolve;
    });
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const hold: Hold = { id, reached, release };
    this.#places.set(id, {
      id,
      selector: options.operation,
      at: options.at ?? 'arrival',
      left: options.nth ?? 1,
      stand(record) {
        arrive(record);
        return released;
      },
      hold,
    });
    return hold;
  }

  get(id: number): Hold | undefined {
    return this.#places.get(id)?.hold;
  }

  /** Waits here while a hold is on this request. */
  async pass(at: HoldPoint, record: RequestRecord): Promise<void> {
    for (const place of this.#places.values()) {
      if (place.at !== at || place.left <= 0 || !selects(place.selector, record)) continue;
      place.left -= 1;
      if (place.left === 0) await place.stand(record);
    }
  }

  /** Lets everything go. */
  clear(): void {
    for (const place of this.#places.values()) place.hold.release();
    this.#places.clear();
  }
}
