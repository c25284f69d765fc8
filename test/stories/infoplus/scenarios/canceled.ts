import { canceledPaths } from '../../paths/canceled.js';
import { expectCanceledAsAsked } from '../judge.js';
import { canceledThere, type Scenario, scenario, stopped, warehouse } from '../scenario.js';

const canceledByTheWarehouse = (['update', 'button'] as const).map((by) =>
  scenario({
    name: `canceled-by-${by}-by-the-warehouse`,
    play: async (stage) => canceledThere(stage, await warehouse.askedToCancel(stage, by)),
    ends: stopped,
    ledger: expectCanceledAsAsked,
  }),
);

/** Orders that somebody wants stopped, and what the warehouse makes of it. */
export const canceled: Scenario[] = [...canceledPaths(warehouse), ...canceledByTheWarehouse];
