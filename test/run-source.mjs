// Runs a TypeScript source in a Node process of its own, for tests about what happens when a process dies.
//
// usage: node test/run-source.mjs <source> [argument ...]
import { resolve } from 'node:path';
import { createViteServer } from 'vitest/node';

process.argv.splice(1, 1);
const loader = await createViteServer({
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null },
});
await loader.ssrLoadModule(resolve(process.argv[1]));
