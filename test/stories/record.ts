// Records the history of every scenario of a story, for the replays of all later versions.
//
// usage: node test/run-source.mjs test/stories/record.ts --story <folder> [--only <scenario>]... [--replace]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { ProvidedContext } from 'vitest';
import startServer from '../global-setup.js';
import { bigcommerceScenarios } from './bigcommerce/scenarios.js';
import { flxpointScenarios } from './flxpoint/scenarios.js';
import { infoplusScenarios } from './infoplus/scenarios.js';
import { keapScenarios } from './keap/scenarios.js';
import { subscriptionScenarios } from './keap/subscription/scenarios.js';
import { logisticsPlusScenarios } from './logistics-plus/scenarios.js';
import { recordingOf, recordingsOf, version } from './recordings.js';
import { runsOf } from './runs.js';
import { fullName, openTheatre, type Scenario, type Scenarios } from './scenario.js';
import type { Account } from './tested.js';

/** As many of one variant as two cores keep up with, so that no request is late because of us. */
const AT_A_TIME = 2;

const checkout = fileURLToPath(new URL('../../', import.meta.url));

/** By the folder of the story's tests. */
const recorders: Readonly<Record<string, () => Promise<number>>> = {
  bigcommerce: () => record(bigcommerceScenarios),
  flxpoint: () => record(flxpointScenarios),
  infoplus: () => record(infoplusScenarios),
  keap: () => record(keapScenarios),
  'keap/subscription': () => record(subscriptionScenarios),
  'logistics-plus': () => record(logisticsPlusScenarios),
};

const { values: flags } = parseArgs({
  args: process.argv.slice(2),
  options: {
    story: { type: 'string', default: '' },
    only: { type: 'string', multiple: true },
    replace: { type: 'boolean', default: false },
  },
});
process.exit(await (recorders[flags.story]?.() ?? refuse(`--story: one of ${Object.keys(recorders).join(', ')}`)));

async function record<A extends Account>(of: Scenarios<A>): Promise<number> {
  const nameOf = (scenario: Scenario<A>) => fullName(of, scenario);
  const wanted = of.all.filter((each) => flags.only === undefined || flags.only.includes(nameOf(each)));
  const unknown = flags.only?.filter((name) => !wanted.some((each) => nameOf(each) === name)) ?? [];
  if (unknown.length > 0) return refuse(`No scenario is called ${unknown.join(', ')}.`);
  const there = wanted.map(nameOf).filter((name) => existsSync(recordingOf(of, name)));
  if (there.length > 0 && isReleased()) {
    return refuse(`${version} is released: its recordings are never made again. They are what its users' orders did.`);
  }
  if (there.length > 0 && !flags.replace) {
    return refuse(
      `${there.length} of them are there already. ${version} is not released yet: --replace makes them again.`,
    );
  }
  mkdirSync(of.folder, { recursive: true });
  const server: Partial<ProvidedContext> = {};
  const stopServer = await startServer({
    provide: (name, value) => {
      server[name] = value;
    },
  });
  const failed: string[] = [];
  try {
    const theatre = await openTheatre(of, wanted, AT_A_TIME, {
      address: server.temporalAddress ?? '',
      workflowCode: server.workflowCode ?? '',
    });
    const recordOne = async (scenario: Scenario<A>) => {
      const name = nameOf(scenario);
      try {
        const { client } = theatre.rig;
        const runs = await runsOf(client, await theatre.play(scenario));
        for (const path of recordingsOf(of, name)) rmSync(path);
        for (const { suffix, history } of runs) {
          // Every member of it as it came, but for white space and, in stack traces, the folder of this checkout.
          const text = JSON.stringify(JSON.parse(historyToJSON(history))).replaceAll(checkout, '');
          writeFileSync(recordingOf(of, `${name}${suffix}`), `${text}\n`);
          console.log(`recorded ${name}${suffix}, ${history.events?.length} events`);
        }
      } catch (error) {
        failed.push(name);
        console.error(`not recorded: ${name}\n${error instanceof Error ? error.message : String(error)}`);
      }
    };
    await Promise.all(wanted.map(recordOne));
    await theatre.close();
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
