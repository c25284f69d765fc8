import type { Leftover } from './failures.js';

/**
 * What a look at the platform found under our reference.
 *
 * - `none`: nothing, as far as the platform shows at this moment (its search may lag).
 * - `same`: it is there as wanted. `subset`: a part of it is there and nothing contradicts it.
 * - `finished`: it is there and nothing remains to be done.
 * - `other`: something is there under the reference, with other content. `several`: more than one is live.
 * - `dead`: it was there and was cancelled, archived or had its money reversed.
 */
export type Found<T> =
  | {
      readonly state: 'none';
      /**
       * Dead ones with the wanted content, beside which the platform takes a new one. One that was not there at the first
       * look was made by a request of ours whose answer was lost, and has died since: then it is ours.
       */
      readonly passedOver?: readonly { readonly id: string; readonly it: T }[];
    }
  | { readonly state: 'same' | 'subset' | 'finished'; readonly it: T }
  | {
      readonly state: 'other' | 'several' | 'dead';
      /** For a person, in a sentence: what differs, or what is there. */
      readonly why: string;
      readonly ids: readonly string[];
      readonly link?: string;
    };

/** Whether a write left: `perhaps` when nobody can say. */
export type Sent = 'no' | 'yes' | 'perhaps';

/**
 * What an undo achieved: it is true now, or it cannot be and a person should know why. `found: false` says that there
 * was nothing to take back, which for a step that was sent counts only when it is said over the whole settle schedule.
 */
export type Undone =
  | { readonly done: true; readonly found: boolean; readonly note?: string }
  | { readonly done: false; readonly left: Leftover };
