import { bigcommerce } from '../test/stories/bigcommerce/tested.js';
import { flxpoint } from '../test/stories/flxpoint/tested.js';
import { infoplus } from '../test/stories/infoplus/tested.js';
import { subscription } from '../test/stories/keap/subscription/tested.js';
import { keap } from '../test/stories/keap/tested.js';
import { logisticsPlus } from '../test/stories/logistics-plus/tested.js';
import type { Account, Tested } from '../test/stories/tested.js';

/** A story whose accounts and ledgers are its own business: they go from its imitation to its judges untouched. */
export type AnyStory = Tested<Account>;

/** Every story that takes orders. */
export const stories = [keap, subscription, logisticsPlus, infoplus, flxpoint, bigcommerce] as unknown as AnyStory[];
