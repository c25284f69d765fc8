import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject, type TestContext, test } from 'vitest';
import { ofEach } from './accounts.js';
import { frozen, killed, killedUnheard, serverKilled, startedAgain, stoppedInOrder } from './blows.js';
import { type Bring, bringing, playUndisturbed, StoodTooLongError } from './bringing.js';
import { type FileServer, startFileServer } from './file-server.js';
import { type KillRig, openKillRig } from './killable.js';
import { spread } from './matrix.js';
import { isSlow, type Strike, struckOf } from './strikes.js';
import { stumblesOf, testStumbles } from './stumbles.js';
import { openTemporalDoor, type TemporalDoor } from './temporal-door.js';
import type { Account, Tested } from './tested.js';

/** Without `npm run faults`: prime to the number of strikes that a write meets, so that each meets others. */
const ONE_CASE_IN = 31;

/** So many stand together before the first of them is given up: see the pace of `openKillRig`. */
const AT_ONCE = 12;

/** A batch of strikes takes about half a minute, and four times that beside everything else. */
const BATCH_MS = 120_000;

/** So many ways to strike follow one another in one test; the last batch of each may be a small one. */
const WAYS_TO_STRIKE = 3;

/** Every write of a story with its process, or the server, struck at each moment of it; the ledger is the judge. */
export function testKills<A extends Account>(tested: Tested<A>): void {
  const { journeys, contract } = tested;
  const cases = spread(struckOf(contract.name, journeys), ONE_CASE_IN);
  const stumbles = stumblesOf(tested);
  if (cases.length + stumbles.length === 0) return;

  const played = [...new Set(cases.map(({ journey }) => journey))];
  const slow = cases.filter(isSlow);
  const by = (...strikes: readonly Strike[]) => cases.filter((one) => strikes.includes(one.strike) && !isSlow(one));
  const early = [...by('killed before it was worked'), ...slow];
  const unheard = by('killed before it was told', 'killed in the workflow task after it');
  const later = by('killed when it was worked', 'killed when it was told');
  const stopped = by('stopped in order');
  const freezing = by('frozen');
  const serverless = by('the server killed');
  const again = by('started again');

  const closing: (() => Promise<unknown>)[] = [];
  const open = async (more: Parameters<typeof openKillRig>[2] = {}): Promise<KillRig<A>> => {
    const over = (variant: string) => played.filter((journey) => journey.variant === variant).length;
    const enough = tested.variants.flatMap((variant) => ofEach([variant], Math.max(AT_ONCE, over(variant))));
    const rig = await openKillRig(tested, enough, more);
    closing.unshift(() => rig.close());
    return rig;
  };
  const openDoor = async (): Promise<TemporalDoor> => {
    const door = await openTemporalDoor(inject('temporalAddress'));
    closing.unshift(() => door.close());
    return door;
  };
  const openServer = async (): Promise<FileServer> => {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-kills-'));
    closing.unshift(() => rm(folder, { recursive: true }));
    const server = await startFileServer(inject('temporalExecutable'), folder);
    closing.unshift(() => server.stop());
    return server;
  };
  let rig: KillRig<A>;
  let bring: Bring<A>;
  beforeAll(async () => {
    if (cases.length === 0) return;
    rig = await open();
    bring = bringing(await playUndisturbed(rig, played));
  }, 120_000);
  afterAll(async () => {
    for (const close of closing) await close();
  });

  describe.concurrent('each write of an order is made once, or taken back,', () => {
    testWith([...early, ...unheard], 'when its process is killed before it was worked or told', async (context) => {
      const door = await openDoor();
      const place = { context, rig: await open({ door: door.address }), bring };
      await inBatches(early, (batch) => killed(place, batch));
      await inBatches(unheard, (batch) => killedUnheard(place, door, batch));
    });

    testWith([...later, ...stopped, ...freezing], 'when its process is killed, stopped or frozen', async (context) => {
      const place = { context, rig, bring };
      await inBatches(later, (batch) => killed(place, batch));
      await inBatches(stopped, (batch) => stoppedInOrder(place, tested, batch));
      await inBatches(freezing, (batch) => frozen(place, batch));
    });

    testWith([...serverless, ...again], 'when the server is killed, or it is started again', async (context) => {
      const server = await openServer();
      const place = { context, rig: await open({ server: server.address }), bring };
      await inBatches(serverless, (batch) => serverKilled(place, server, batch));
      await inBatches(again, (batch) => startedAgain(place, batch));
    });

    testStumbles(tested, stumbles);
  });
}

/** A test, unless none of its cases is asked for. */
function testWith(cases: readonly unknown[], name: string, run: (context: TestContext) => Promise<void>) {
  if (cases.length === 0) return;
  const batches = Math.floor(cases.length / AT_ONCE) + WAYS_TO_STRIKE;
  test(name, { timeout: batches * BATCH_MS }, run);
}

/** Strikes so many at once; only half of them where a busy machine does not bring all to where they stand in time. */
async function inBatches<T>(
  all: readonly T[],
  strike: (batch: readonly T[]) => Promise<void>,
  atOnce = AT_ONCE,
): Promise<void> {
  for (let from = 0; from < all.length; from += atOnce) {
    const batch = all.slice(from, from + atOnce);
    try {
      await strike(batch);
    } catch (error) {
      if (!(error instanceof StoodTooLongError) || batch.length === 1) throw error;
      await inBatches(batch, strike, Math.ceil(batch.length / 2));
    }
  }
}
