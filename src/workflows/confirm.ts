import { refuse } from './cause.js';
import { hold } from './hold.js';
import type { Kit } from './kit.js';
import { paced } from './timing.js';

/**
 * Reads again until the platform shows what must be true, then asks a person.
 *
 * @param what what must be true, e.g. `the order is paid in full`
 * @param pauses before each further read, in milliseconds
 */
export async function confirm<T>(
  kit: Kit,
  what: string,
  read: () => Promise<T>,
  isTrue: (seen: T) => boolean,
  pauses: readonly number[],
): Promise<T> {
  const { run, cancel } = kit;
  for (;;) {
    let seen = await read();
    for (const pause of pauses) {
      if (isTrue(seen)) return seen;
      run.waitingFor = `${run.head.connection} to show that ${what}`;
      kit.show();
      await cancel.wait(() => false, paced(pause, run.pace), `then look again whether ${what}`);
      run.waitingFor = undefined;
      seen = await read();
    }
    if (isTrue(seen)) return seen;
    await hold<void>(kit, {
      question: `${run.head.connection} does not show that ${what}. Look again?`,
      facts: Object.entries(run.ids).map(([name, id]) => `${name} ${id}`),
      retry: () => undefined,
      abandon: refuse('Conflict', `${run.head.connection} did not show that ${what}`),
    });
  }
}
