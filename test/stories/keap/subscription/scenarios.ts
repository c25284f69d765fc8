import type { Scenarios } from '../../scenario.js';
import { type Club, club } from './rig.js';
import { asked } from './scenarios/asked.js';
import { billed } from './scenarios/billed.js';
import { canceled } from './scenarios/canceled.js';
import { declined } from './scenarios/declined.js';
import { lost } from './scenarios/lost.js';

/** Every named path of the Keap subscription and of its cycles, over both transports. */
export const subscriptionScenarios: Scenarios<Club> = {
  story: club,
  variants: ['rest', 'xml-rpc'],
  all: [...billed, ...declined, ...asked, ...lost, ...canceled],
  folder: new URL('./histories', import.meta.url),
};
