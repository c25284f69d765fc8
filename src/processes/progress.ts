/** Where something that takes its time says how it goes. */
export interface Progress {
  /** One thing that happened. */
  line(text: string): void;
  /** How far something is; may replace the one before. */
  step(text: string): void;
}

/** A stream as Node's `process.stderr` is one: with `isTTY` when a person watches. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const ERASE_LINE = '\r\x1b[2K';

/** On a terminal steps share one line that is overwritten; in a log each has its own. */
export function progressOn(stream: ProgressStream): Progress {
  let stepShown = false;
  const clear = (): string => (stepShown ? ERASE_LINE : '');
  return {
    line(text) {
      stream.write(`${clear()}${text}\n`);
      stepShown = false;
    },
    step(text) {
      if (stream.isTTY === true) {
        stream.write(`${clear()}${text}`);
        stepShown = true;
      } else {
        stream.write(`${text}\n`);
      }
    },
  };
}
