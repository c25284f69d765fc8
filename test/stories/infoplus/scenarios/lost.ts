import { lostPaths } from '../../paths/lost.js';
import { type Scenario, warehouse } from '../scenario.js';

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [...lostPaths(warehouse)];
