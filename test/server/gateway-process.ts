// A gateway in a process of its own, for tests in which processes die. Says its address when it listens; SIGTERM stops it
// in order. Started by spawnGateway in gateway-rig.ts.
//
// usage: node test/run-source.mjs test/server/gateway-process.ts <options as JSON>
import { parseWebhooks } from '../../src/connections.js';
import { startGateway } from '../../src/gateway.js';
import type { GatewayProcessOptions } from './gateway-rig.js';

const [, , text = ''] = process.argv;
const { address, connections } = JSON.parse(text) as GatewayProcessOptions;
const gateway = await startGateway({
  webhooks: parseWebhooks({ connections }, 'the test', {}),
  temporal: { address },
  taskQueue: 'nobody',
  port: 0,
  log: { info: () => {}, warn: () => {} },
});
process.on('SIGTERM', async () => {
  await gateway.stop();
  // The loader of the sources would keep the process.
  process.exit(0);
});
console.log(`listens ${gateway.url}`);
