import { existsSync, readFileSync } from 'node:fs';
import { Failed } from '../exit.js';

/** Something that was started and has to end. */
export interface Startable {
  /** Ends it in order. */
  stop(): Promise<unknown>;
  /** Ends it at once. */
  kill(): void;
}

/** How all that was started ends again: the newest first. */
export class Ends {
  /** Rejects when something ends that nobody told to. */
  readonly broken: Promise<never>;
  readonly #started: Startable[] = [];
  #break: (error: Error) => void = () => {};
  #ending: Promise<void> | undefined;

  constructor() {
    this.broken = new Promise((_, reject) => {
      this.#break = reject;
    });
    // Nobody may be waiting for it at that moment; whoever asks later is told all the same.
    this.broken.catch(() => undefined);
  }

  add(started: Startable): void {
    this.#started.push(started);
  }

  /**
   * @param logFile what it has printed, for the error
   * @param wanted asked when it has ended: whether somebody told it to
   */
  watch(what: string, exited: Promise<unknown>, logFile: string, wanted: () => boolean = () => false): void {
    void exited.then(() => {
      if (this.#ending !== undefined || wanted()) return;
      this.#break(
        new Failed([`${what} ended, and nobody told it to. Its last words:`, ...lastLines(logFile)].join('\n  ')),
      );
    });
  }

  /** Ends everything in order, once. */
  stop(): Promise<void> {
    this.#ending ??= this.#stopAll();
    return this.#ending;
  }

  kill(): void {
    this.#ending ??= Promise.resolve();
    for (const started of this.#started) started.kill();
  }

  async #stopAll(): Promise<void> {
    for (const started of this.#started.toReversed()) await started.stop();
  }
}

/** Enough for an error and what led to it. */
const LINES_SHOWN = 10;

function lastLines(file: string): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN);
}
