// The platform of the benchmark: no limits, no delay, in a process of its own.
import { keapSeed, startSandbox } from '../src/sandbox/index.js';

const sandbox = await startSandbox({ keap: { throttle: 'off', searchLagMs: 0, latencyMs: 0 } });
process.on('disconnect', () => process.exit());
process.send?.({ url: sandbox.keap.url, key: keapSeed.serviceAccountKey });
