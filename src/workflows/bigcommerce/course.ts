import type { BigcommerceActivities } from '../../activities/bigcommerce/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';
import type {
  BigcommerceAt,
  BigcommerceLine,
  BigcommerceMade,
  BigcommerceOrder,
  BigcommerceStore,
} from './contract.js';

/** What the parts of the story share. */
export interface Course {
  readonly bc: Steps<BigcommerceActivities>;
  readonly telling: Telling;
  readonly order: BigcommerceOrder;
  readonly store: BigcommerceStore;
}

/** The same once the order is there. */
export interface Made extends Course {
  readonly at: BigcommerceAt;
  readonly made: BigcommerceMade;
  /** As they were read last. */
  lines: readonly BigcommerceLine[];
  /** Parcels that were reported: they are gone, whatever the store shows. */
  readonly reported: string[];
}
