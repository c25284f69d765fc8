import type { Scenarios } from '../scenario.js';
import type { WarehouseAccount } from './rig.js';
import { amended } from './scenarios/amended.js';
import { canceled } from './scenarios/canceled.js';
import { found } from './scenarios/found.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { refused } from './scenarios/refused.js';
import { logisticsPlus } from './tested.js';

/** Every named path of the Logistics Plus order, each name once. */
export const logisticsPlusScenarios: Scenarios<WarehouseAccount> = {
  story: logisticsPlus,
  variants: logisticsPlus.variants,
  all: [...ordered, ...amended, ...lost, ...found, ...refused, ...canceled],
  folder: new URL('./histories', import.meta.url),
  // What is lost for good was looked for three times by then: the last look is five minutes after the attempt.
  pace: 0.02,
};
