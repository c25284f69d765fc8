import { test } from 'vitest';
import { fullLoad, measureLimiter, quickLoad } from '../../bench/limiter.js';
test('quick', { timeout: 60_000 }, async () => { console.log('RES quick', JSON.stringify(await measureLimiter(quickLoad))); });
test('full', { timeout: 600_000 }, async () => { console.log('RES full', JSON.stringify(await measureLimiter(fullLoad))); });
