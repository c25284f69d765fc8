import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };
import { fullName, scenarios } from './scenarios.js';

export const { version } = packageJson;

/** Recorded histories of the Keap order; see its README. */
export const folder = fileURLToPath(new URL('./histories', import.meta.url));

/** Where this version's recording of a scenario is, e.g. `0.1.0-happy-rest.json`. */
export const recordingOf = (scenario: string): string => join(folder, `${version}-${scenario}.json`);

/** All recordings, of all versions. */
export const recordings = (): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));

/** Scenarios that this version has not recorded. */
export function unrecorded(): string[] {
  const there = new Set(recordings());
  return scenarios.map(fullName).filter((name) => !there.has(recordingOf(name)));
}
