import type { Scenarios } from '../scenario.js';
import { type Shop, shop } from './rig.js';
import { canceled } from './scenarios/canceled.js';
import { held } from './scenarios/held.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { refused } from './scenarios/refused.js';
import { repeated } from './scenarios/repeated.js';

/** Every named path of the Keap order, over both transports; each name with its transport is there once. */
export const keapScenarios: Scenarios<Shop> = {
  story: shop,
  variants: ['rest', 'xml-rpc'],
  all: [...ordered, ...lost, ...refused, ...held, ...canceled, ...repeated],
  folder: new URL('./histories', import.meta.url),
};
