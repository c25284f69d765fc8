import { keap } from './keap/index.js';
import type { Platform } from './platform.js';

/** Every platform's hands, by the platform's name. */
export const platforms: ReadonlyMap<string, Platform> = new Map([keap].map((platform) => [platform.name, platform]));
