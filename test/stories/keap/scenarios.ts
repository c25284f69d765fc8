import type { Scenario } from './scenario.js';
import { canceled } from './scenarios/canceled.js';
import { held } from './scenarios/held.js';
import { lost } from './scenarios/lost.js';
import { ordered } from './scenarios/ordered.js';
import { refused } from './scenarios/refused.js';
import { repeated } from './scenarios/repeated.js';

/** Every named path of the Keap order, over both transports; each name with its transport is there once. */
export const scenarios: readonly Scenario[] = [...ordered, ...lost, ...refused, ...held, ...canceled, ...repeated];

/** e.g. `happy-rest`: what a scenario is called in tests and recordings. */
export const fullName = ({ name, transport }: Scenario): string => `${name}-${transport}`;
