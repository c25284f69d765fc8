import type { Scenarios } from '../scenario.js';
import type { BigcommerceAccount } from './rig.js';
import { canceled } from './scenarios/canceled.js';
import { changed } from './scenarios/changed.js';
import { lost } from './scenarios/lost.js';
import { refused } from './scenarios/refused.js';
import { shipped } from './scenarios/shipped.js';
import { bigcommerce } from './tested.js';

/** Every named path of the BigCommerce order, each name once. */
export const bigcommerceScenarios: Scenarios<BigcommerceAccount> = {
  story: bigcommerce,
  variants: bigcommerce.variants,
  all: [...shipped, ...changed, ...lost, ...refused, ...canceled],
  folder: new URL('./histories', import.meta.url),
};
