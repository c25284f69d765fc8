// Records the history of every scenario, for the replays of all later versions.
//
// usage: node test/run-source.mjs test/stories/keap/record.ts [--only <scenario>]... [--replace]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { ProvidedContext } from 'vitest';
import startServer from '../../global-setup.js';
import { FreeShops } from './free-shops.js';
import { folder, recordingOf, version } from './recordings.js';
import { openRig } from './rig.js';
import { play, type Scenario } from './scenario.js';
import { fullName, scenarios } from './scenarios.js';

/** As many as two cores keep up with, so that no request is late because of us. */
const AT_A_TIME = 2;

const checkout = fileURLToPath(new URL('../../../', import.meta.url));

const { values: flags } = parseArgs({
  args: process.argv.slice(2),
  options: { only: { type: 'string', multiple: true }, replace: { type: 'boolean', default: false } },
});
process.exit(await record());

async function record(): Promise<number> {
  const wanted = scenarios.filter((each) => flags.only === undefined || flags.only.includes(fullName(each)));
  const unknown = flags.only?.filter((name) => !wanted.some((each) => fullName(each) === name)) ?? [];
  if (unknown.length > 0) return refuse(`No scenario is called ${unknown.join(', ')}.`);
  const there = wanted.map(fullName).filter((name) => existsSync(recordingOf(name)));
  if (there.length > 0 && isReleased()) {
    return refuse(`${version} is released: its recordings are never made again. They are what its users' orders did.`);
  }
  if (there.length > 0 && !flags.replace) {
    return refuse(
      `${there.length} of them are there already. ${version} is not released yet: --replace makes them again.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const server: Partial<ProvidedContext> = {};
  const stopServer = await startServer({
    provide: (name, value) => {
      server[name] = value;
    },
  });
  const failed: string[] = [];
  try {
    const shops = (['rest', 'xml-rpc'] as const).flatMap((transport) => Array(AT_A_TIME).fill({ transport }));
    const rig = await openRig(shops, { address: server.temporalAddress ?? '' });
    const free = new FreeShops(rig.shops);
    const recordOne = (scenario: Scenario) =>
      free.lend(scenario.transport, async (shop) => {
        const name = fullName(scenario);
        try {
          const history = await rig.client.workflow.getHandle(await play(scenario, rig, shop)).fetchHistory();
          // Every member of it as it came, but for white space and, in stack traces, the folder of this checkout.
          const text = JSON.stringify(JSON.parse(historyToJSON(history))).replaceAll(checkout, '');
          writeFileSync(recordingOf(name), `${text}\n`);
          console.log(`recorded ${name}, ${history.events?.length} events`);
        } catch (error) {
          failed.push(name);
          console.error(`not recorded: ${name}\n${error instanceof Error ? error.message : String(error)}`);
        }
      });
    await Promise.all(wanted.map(recordOne));
    await rig.close();
  } finally {
    await stopServer();
  }
  if (failed.length > 0) return refuse(`${failed.length} of ${wanted.length} were not recorded: ${failed.join(', ')}`);
  console.log(`${wanted.length} recorded`);
  return 0;
}

function refuse(message: string): number {
  console.error(message);
  return 1;
}

/** A version is released once it has its tag. */
function isReleased(): boolean {
  return execFileSync('git', ['tag', '--list', `v${version}`], { encoding: 'utf8' }).trim() !== '';
}
