import { accountOf } from '../account.js';
import type { Connection } from '../connection.js';
import type { Window } from '../limiter.js';
import type { Platform, Served } from '../platform.js';
import { amendmentSteps } from './amendment.js';
import { canceledSteps } from './canceled.js';
import { changesOf } from './changes.js';
import { openLogisticsPlus } from './open.js';
import { orderSteps } from './order.js';
import { resultSteps } from './result.js';
import { logisticsPlusSettings, settingsOf } from './settings.js';
import { standingSteps } from './standing.js';
import { stopNoteSteps } from './stop-note.js';
import { logisticsPlusWebhook } from './webhook.js';

/** No limit is published. Two a second is what a warehouse system of this kind surely bears. */
const LIMITS: readonly Window[] = [{ limit: 2, perMs: 1_000 }];

function createActivities(served: Served) {
  const logisticsPlus = openLogisticsPlus(served);
  return {
    ...orderSteps(logisticsPlus),
    ...standingSteps(logisticsPlus),
    ...amendmentSteps(logisticsPlus),
    ...stopNoteSteps(logisticsPlus),
    ...resultSteps(logisticsPlus),
    ...canceledSteps(logisticsPlus),
  };
}

/** The steps of a Logistics Plus order, as a story calls them. */
export type LogisticsPlusActivities = ReturnType<typeof createActivities>;

/** The warehouses of Logistics Plus, by their Warehouse API (WAPI). */
export const logisticsPlus = {
  name: 'logistics-plus',
  settings: logisticsPlusSettings,
  /** Every order that its input lets through can be sent by every connection. */
  check: () => [],
  limits: () => LIMITS,
  // The limit is assumed for a key, whatever the organizations that it serves.
  account: (connection: Connection) => accountOf('logistics-plus', settingsOf(connection).apiKey),
  createActivities,
  changes: changesOf,
  webhook: logisticsPlusWebhook,
} satisfies Platform;
