/** Milliseconds. A test's pace makes all of them shorter by one factor. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Every waiting time of the stories, in milliseconds, each with its reason. */
export const timing = {
  /** One attempt of a step: the slowest answer (60 s, the vendors' own SDKs), connecting (10 s), the limiter's queue (5 s), and some air. */
  attempt: 90 * SECOND,
  /** A dead process is noticed after this; its work is looked after elsewhere. Three beats fit in. */
  heartbeat: 10 * SECOND,
  /** No pace makes it shorter: a busy machine needs it, however fast the platform's clock runs. */
  heartbeatLeast: 2 * SECOND,
  /** First pause after a failure that may be repeated. */
  retryFirst: SECOND,
  /** Longest pause: a platform that is back is noticed within five minutes. */
  retryMost: 5 * MINUTE,
  /** Pause after credentials were refused: a person renews a key, so asking more often only makes noise. */
  notAuthorized: 2 * MINUTE,
  /** How long a step is tried before a person is asked: a long weekend, with a day to spare. */
  patience: 5 * DAY,
  /**
   * When a waiting order looks by itself, after the wait began: whatever happens to webhooks and rounds, it does not stay
   * unseen for longer than half of the time that it has waited already.
   */
  audits: [1, 3, 7, 14, 28, 56].map((days) => days * DAY),
  /**
   * A read may lag behind the webhook that led to it. When it showed nothing new, it is repeated after these times, each
   * counted from the look before: most lags are over after the first, the last is later than any that was ever seen.
   */
  lookAgain: [30 * SECOND, 2 * MINUTE, 10 * MINUTE],
  /** Rounds over all open orders, from begin to begin: what no webhook told is known after this time. */
  round: 15 * MINUTE,
  /** Platforms give webhooks up without a word: whether they are on is looked at this often. */
  webhooks: 60 * MINUTE,
  /** A platform that would not say what has changed is asked again after this: a setting of the account may be another. */
  feedAgain: DAY,
  /** A wait with a longer pause than this is shown as phase `waiting`, where rounds find it; they come more often. */
  longWait: 60 * MINUTE,
  /** An update is answered within this, if only with `pending`: a client gives up after 70 s. */
  updateAnswer: 45 * SECOND,
  /** A cancel is answered within this, if only with `pending`: callers wait on a line. */
  cancelAnswer: 4 * SECOND,
} as const;

/** Scales a number of {@link timing}. At least 1 ms: Temporal takes 0 for "no time-out". */
export function paced(ms: number, pace: number): number {
  return Math.max(1, Math.round(ms * pace));
}
