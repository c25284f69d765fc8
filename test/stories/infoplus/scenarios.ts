import type { Scenarios } from '../scenario.js';
import type { SiteAccount } from './rig.js';
import { amended } from './scenarios/amended.js';
import { backOrdered } from './scenarios/back-ordered.js';
import { canceled } from './scenarios/canceled.js';
import { customer } from './scenarios/customer.js';
import { found } from './scenarios/found.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { refused } from './scenarios/refused.js';
import { tracked } from './scenarios/tracked.js';
import { infoplus } from './tested.js';

/** Every named path of the Infoplus order, each name once. */
export const infoplusScenarios: Scenarios<SiteAccount> = {
  story: infoplus,
  variants: infoplus.variants,
  all: [
    ...[...ordered, ...customer, ...backOrdered, ...tracked, ...amended],
    ...[...lost, ...found, ...refused, ...canceled],
  ],
  folder: new URL('./histories', import.meta.url),
  // What is lost for good was looked for three times by then, each time for a minute and a half.
  pace: 0.02,
};
