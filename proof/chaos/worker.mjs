// A worker of the build, in a process of its own, with a pace: waybill's own command has none. Says "ready" when it works.
//
// usage: node proof/chaos/worker.mjs <options.json>
import { readFileSync } from 'node:fs';

// The build is made by tools/setup.mjs, after this file is checked.
const built = (name) => import(new URL(`../../dist/${name}.js`, import.meta.url).href);
const [{ installLog }, { parseConnections, startWorker }] = await Promise.all([built('cli/log'), built('worker')]);

const { address, taskQueue, connections, stateFolder, pace } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const worker = await startWorker({
  log: installLog(),
  temporal: { address },
  taskQueue,
  connections: parseConnections({ connections }, 'chaos'),
  stateFolder,
  pace,
});
console.log('ready');
await worker.stopped;
