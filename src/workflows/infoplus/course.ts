import type { InfoplusActivities } from '../../activities/infoplus/index.js';
import type { Steps } from '../steps.js';
import type { Telling } from '../telling.js';
import type { InfoplusMade, InfoplusOrder, InfoplusPlace } from './contract.js';

/** What the parts of the story share once the order is made. */
export interface Course {
  readonly ip: Steps<InfoplusActivities>;
  readonly telling: Telling;
  /** An amendment may move it to another warehouse or carrier. */
  readonly want: { readonly order: InfoplusOrder; at: InfoplusPlace };
  readonly made: InfoplusMade;
}
