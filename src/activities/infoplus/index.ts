import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { accountOf } from '../account.js';
import type { Connection } from '../connection.js';
import type { Window } from '../limiter.js';
import type { Platform, Served } from '../platform.js';
import { sameText } from '../texts.js';
import { amendmentSteps } from './amendment.js';
import { changesOf } from './changes.js';
import { customerSteps } from './customer.js';
import { extraSteps } from './extras.js';
import { goneSteps } from './gone.js';
import { holdCodeSteps } from './hold-code.js';
import { itemSteps } from './items.js';
import { LookUps, lookUpSteps } from './look-ups.js';
import { openInfoplus } from './open.js';
import { orderSteps } from './order.js';
import { resultSteps } from './result.js';
import { infoplusSettings, settingsOf } from './settings.js';
import { standingSteps } from './standing.js';
import { stopSteps } from './stop.js';
import { infoplusWebhook } from './webhook.js';

/** Of one user. */
const KEY_LIMITS: readonly Window[] = [{ limit: 3, perMs: 1_000 }];

function createActivities(served: Served) {
  const infoplus = openInfoplus(served);
  return {
    ...lookUpSteps(infoplus, new LookUps(infoplus)),
    ...itemSteps(infoplus),
    ...customerSteps(infoplus),
    ...orderSteps(infoplus),
    ...extraSteps(infoplus),
    ...standingSteps(infoplus),
    ...amendmentSteps(infoplus),
    ...holdCodeSteps(infoplus),
    ...stopSteps(infoplus),
    ...resultSteps(infoplus),
    ...goneSteps(infoplus),
  };
}

/** The steps of an Infoplus order, as a story calls them. */
export type InfoplusActivities = ReturnType<typeof createActivities>;

/** Warehouses that run on Infoplus. */
export const infoplus = {
  name: 'infoplus',
  settings: infoplusSettings,
  check,
  limits: (connection: Connection) => settingsOf(connection).siteLimits,
  // Host names mind no case; a port is a site of its own.
  account: (connection: Connection) => accountOf('infoplus', new URL(settingsOf(connection).url).host),
  key: (connection: Connection) => ({
    name: accountOf('infoplus-key', settingsOf(connection).apiKey),
    windows: KEY_LIMITS,
  }),
  createActivities,
  changes: changesOf,
  webhook: infoplusWebhook,
} satisfies Platform;

/** What the connection does not say for an order, and what it keeps for itself. */
function check(connection: Connection, _story: string, order: unknown): string[] {
  const { warehouse, carrier, tags = [] } = order as InfoplusOrder;
  const { cancelTag, ...defaults } = settingsOf(connection);
  const missing = Object.entries({ warehouse: warehouse ?? defaults.warehouse, carrier: carrier ?? defaults.carrier })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name}: is missing; ${connection.name} has no ${name} for orders that name none`);
  const index = tags.findIndex((tag) => sameText(tag, cancelTag));
  return index < 0 ? missing : [...missing, `tags[${index}]: "${cancelTag}" is the tag that asks for a cancellation`];
}
