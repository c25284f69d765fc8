// The platforms of the benchmark: no limits, no delay, in a process of their own.
import { demonstrations, startSandbox } from '../src/sandbox/index.js';
import type { SandboxPlace } from './settings.js';

const sandbox = await startSandbox({ all: { throttle: 'off', searchLagMs: 0, latencyMs: 0 } });
process.on('disconnect', () => process.exit());
const connections = [...sandbox.platforms].map(([name, { url }]) => demonstrations.get(name)?.connections(url));
const urls = Object.fromEntries([...sandbox.platforms].map(([name, { url }]) => [name, url]));
const place: SandboxPlace = { urls, connections: Object.assign({}, ...connections) };
process.send?.(place);
