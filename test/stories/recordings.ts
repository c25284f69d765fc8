import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { fullName, type Scenarios } from './scenario.js';
import type { Account } from './tested.js';

export const { version } = packageJson;

/** Where this version's recording of a scenario is, e.g. `0.1.0-happy-rest.json`. */
export const recordingOf = ({ folder }: { readonly folder: URL }, scenario: string): string =>
  join(fileURLToPath(folder), `${version}-${scenario}.json`);

/** The same of all its runs: those before the last, and those of its parts, have a number after the name. */
export function recordingsOf(of: { readonly folder: URL }, scenario: string): string[] {
  const last = recordingOf(of, scenario);
  const others = `${last.slice(0, -'.json'.length)}-`;
  return recordings(of).filter((path) => path === last || (path.startsWith(others) && isOfRun.test(path)));
}

const isOfRun = /-(run|part)-\d+\.json$/;

/** All recordings of a story, of all versions. */
export function recordings({ folder }: { readonly folder: URL }): string[] {
  const path = fileURLToPath(folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(path, name));
}

/** Scenarios that this version has not recorded. */
export const unrecorded = <A extends Account>(of: Scenarios<A>): string[] =>
  of.all.map((scenario) => fullName(of, scenario)).filter((name) => !existsSync(recordingOf(of, name)));
