import { Context } from '@temporalio/activity';
import type { Looked } from '../workflows/hints.js';
import { paced, timing } from '../workflows/timing.js';
import { again } from './again.js';
import type { Changes, Log } from './platform.js';
import { pauseAfter } from './reader.js';
import { afterRound, goOn, type Position } from './rounds.js';
import { tell } from './tell.js';

/** A slice of a round ends after this: a process that stops waits for it, and a frozen one is missed soon. */
const SLICE_MS = 30_000;

/** How often a slice says how far it has come: what is read twice after a crash is no more than this. */
const TELL_POSITION_MS = 5_000;

/** Rounds of several connections should not begin together; a tenth of their distance spreads them. */
const SPREAD = 0.1;

/** The activities that notice what has changed at a platform, and tell the orders concerned. */
export function changeActivities(connection: string, changes: Changes | undefined, pace: number, log: Log) {
  return {
    /** Reads what a hint is about, and tells the orders that do not know it yet. */
    async lookAt(hint: string): Promise<Looked> {
      const { client } = Context.current();
      const readAt = Date.now();
      const news = (await changes?.look(hint)) ?? [];
      const told = await Promise.all(news.map((each) => tell(client, connection, each, readAt)));
      return told.find((one) => one === 'told') ?? told.find((one) => one === 'unchanged') ?? 'unknown';
    },

    /**
     * Looks at the orders that have changed, or at all that wait, for as long as it is run. It never completes: each
     * slice, and each pause between two rounds, ends as a failure that the server repeats, which adds nothing to any
     * history; how far it has come is in its heartbeat.
     */
    async round(): Promise<void> {
      const { client, info } = Context.current();
      if (changes === undefined) throw again(timing.round);
      const began = Date.now();
      let at = (info.heartbeatDetails as Position | undefined) ?? { from: began };
      if (began < at.from) throw again(at.from - began);
      const keep = () => client.activity.heartbeat(info.taskToken, at);
      let kept = began;
      let pause: number | undefined;
      try {
        for await (at of goOn({ client, connection, changes, pace, log }, at)) {
          const now = Date.now();
          if (now - began > SLICE_MS) pause = 1;
          if (pause !== undefined) break;
          if (now - kept < TELL_POSITION_MS) continue;
          await keep();
          kept = now;
        }
      } catch (error) {
        pause = pauseAfter(error);
        if (pause === undefined) throw error;
      }
      if (pause === undefined) {
        const distance = paced(timing.round, pace) * (1 + SPREAD * (Math.random() - 0.5));
        at = afterRound(at, Math.max(Date.now(), at.from + distance));
      }
      await keep();
      throw again(pause ?? at.from - Date.now());
    },
  };
}
