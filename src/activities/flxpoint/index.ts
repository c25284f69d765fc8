import type { FlxpointOrder } from '../../workflows/flxpoint/input.js';
import { accountOf } from '../account.js';
import type { Connection } from '../connection.js';
import type { Window } from '../limiter.js';
import type { Platform, Served } from '../platform.js';
import { check } from './carries.js';
import { changesOf } from './changes.js';
import { holdSteps } from './hold.js';
import { killSteps } from './kill.js';
import { lineSteps } from './line.js';
import { openFlxpoint } from './open.js';
import { resultSteps } from './result.js';
import { flxpointSettings, settingsOf } from './settings.js';
import { sourceSteps } from './source.js';
import { standingSteps } from './standing.js';
import { variantSteps } from './variant.js';
import { flxpointWebhook } from './webhook.js';

/** Documented, for each token. That bursts of forty have been seen to pass is no promise. */
const LIMITS: readonly Window[] = [{ limit: 2, perMs: 1_000 }];

function createActivities(served: Served) {
  const flxpoint = openFlxpoint(served);
  return {
    ...standingSteps(flxpoint),
    ...variantSteps(flxpoint),
    ...lineSteps(flxpoint),
    ...sourceSteps(flxpoint),
    ...resultSteps(flxpoint),
    ...killSteps(flxpoint),
    ...holdSteps(flxpoint),
  };
}

/** The steps of a Flxpoint order, as a story calls them. */
export type FlxpointActivities = ReturnType<typeof createActivities>;

/** Flxpoint, a distributor of orders to suppliers, warehouses and 3PLs. */
export const flxpoint = {
  name: 'flxpoint',
  settings: flxpointSettings,
  check: (connection: Connection, _story: string, order: unknown) => check(connection, order as FlxpointOrder),
  limits: () => LIMITS,
  account: (connection: Connection) => accountOf('flxpoint', settingsOf(connection).token),
  createActivities,
  changes: changesOf,
  webhook: flxpointWebhook,
} satisfies Platform;
