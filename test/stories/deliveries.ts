import type { Account } from './tested.js';

/** What becomes of a webhook. `overtaken`: the next one comes before it. `kept`: it comes when it is said. */
export type Delivery = 'told' | 'lost' | 'doubled' | 'late' | 'overtaken' | 'kept';

/** A late webhook comes so much later. */
const LATE_MS = 3_000;

/** The webhooks of a platform, on their way to us. */
export interface Delivered {
  readonly hint: Account['hint'];
  /** How many the platform has sent. */
  sent(): number;
  /** Lets those come that were kept, the last one first. */
  release(): Promise<void>;
}

/** @param deliveries what becomes of each, in turn, and from the first on again */
export function delivered(hint: Account['hint'], deliveries: readonly Delivery[]): Delivered {
  const kept: string[] = [];
  let sent = 0;
  const release = async () => {
    for (const about of kept.splice(0).reverse()) await hint(about);
  };
  return {
    sent: () => sent,
    release,
    async hint(about) {
      switch (deliveries[sent++ % deliveries.length]) {
        case 'lost':
          return;
        case 'late':
          setTimeout(() => void hint(about).catch(() => undefined), LATE_MS).unref();
          return;
        case 'kept':
          kept.push(about);
          return;
        case 'overtaken':
          if (kept.push(about) === 2) await release();
          return;
        case 'doubled':
          await hint(about);
      }
      await hint(about);
    },
  };
}
