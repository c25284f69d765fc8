import type { Scenarios } from '../scenario.js';
import type { FlxpointAccount } from './rig.js';
import { ended } from './scenarios/ended.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { flxpoint } from './tested.js';

/** Every named path of the Flxpoint order, each name once. */
export const flxpointScenarios: Scenarios<FlxpointAccount> = {
  story: flxpoint,
  variants: flxpoint.variants,
  all: [...ordered, ...lost, ...ended],
  folder: new URL('./histories', import.meta.url),
};
