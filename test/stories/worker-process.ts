// A worker in a process of its own, for tests in which processes die. Says "ready" when it works; SIGTERM stops it in
// order. Started by spawnWorker in spawn-worker.ts.
//
// usage: node test/run-source.mjs test/stories/worker-process.ts <options.json>
import { readFileSync } from 'node:fs';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { platforms } from '../../src/activities/index.js';
import type { Platform, Served } from '../../src/activities/platform.js';
import { parseConnections } from '../../src/connections.js';
import { startWorker } from '../../src/worker.js';
import type { WorkerProcessOptions } from './spawn-worker.js';

const [, , path = ''] = process.argv;
const options = JSON.parse(readFileSync(path, 'utf8')) as WorkerProcessOptions;
Runtime.install({ logger: new DefaultLogger('ERROR') });
if (options.stumbling === true) {
  const real = platforms as Map<string, Platform>;
  for (const [name, platform] of [...real]) real.set(name, stumbling(platform));
}

const worker = await startWorker({
  temporal: { address: options.address },
  taskQueue: options.taskQueue,
  connections: parseConnections({ connections: options.connections }, 'the test'),
  stateFolder: options.stateFolder,
  pace: options.pace,
  log: { info: () => {}, warn: () => {} },
  workflowBundle: { codePath: options.workflowCode },
});
process.on('SIGTERM', () => void worker.stop().catch(() => undefined));
console.log('ready');
await worker.stopped;
// The loader of the sources would keep the process.
process.exit(0);

/** The platform with a bug of ours in it: after each write whose outcome is open from its departure on, a TypeError. */
function stumbling(platform: Platform): Platform {
  const send = (real: Served['send']): Served['send'] =>
    Object.assign(
      async (request: Parameters<Served['send']>[0]) => {
        const answer = await real(request);
        if (request.effect === 'write') throw new TypeError('a bug of ours');
        return answer;
      },
      { throttles: real.throttles, pause: (ms: number) => real.pause(ms) },
    );
  return {
    ...platform,
    createActivities: (served) => platform.createActivities({ ...served, send: send(served.send) }),
  };
}
