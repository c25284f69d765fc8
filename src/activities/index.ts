import { bigcommerce } from './bigcommerce/index.js';
import { flxpoint } from './flxpoint/index.js';
import { infoplus } from './infoplus/index.js';
import { keap } from './keap/index.js';
import { logisticsPlus } from './logistics-plus/index.js';
import type { Platform } from './platform.js';

const all: readonly Platform[] = [keap, bigcommerce, logisticsPlus, infoplus, flxpoint];

/** Every platform's hands, by the platform's name. */
export const platforms: ReadonlyMap<string, Platform> = new Map(all.map((platform) => [platform.name, platform]));
