import type { Scenarios } from '../scenario.js';
import type { FlxpointAccount } from './rig.js';
import { amended } from './scenarios/amended.js';
import { canceled } from './scenarios/canceled.js';
import { found } from './scenarios/found.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { posted } from './scenarios/posted.js';
import { refused } from './scenarios/refused.js';
import { requested } from './scenarios/requested.js';
import { standing } from './scenarios/standing.js';
import { flxpoint } from './tested.js';

/** Every named path of the Flxpoint order, each name once. */
export const flxpointScenarios: Scenarios<FlxpointAccount> = {
  story: flxpoint,
  variants: flxpoint.variants,
  all: [...ordered, ...requested, ...standing, ...amended, ...posted, ...lost, ...found, ...refused, ...canceled],
  folder: new URL('./histories', import.meta.url),
};
