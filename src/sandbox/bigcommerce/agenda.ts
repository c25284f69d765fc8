import type { SandboxClock } from '../clock.js';

interface Entry {
  at: number;
  run(): void;
}

/** What happens by itself at a time of the sandbox's clock: a gateway answers, a status moves. */
export class Agenda {
  #entries: Entry[] = [];
  #closed = false;
  /** When what runs at the moment was due: what follows from it is late by no more than it was itself. */
  #due: number | null = null;

  constructor(private readonly clock: SandboxClock) {}

  /** Runs it after so many milliseconds; at once for none. */
  after(ms: number, run: () => void): void {
    if (ms <= 0) {
      run();
      return;
    }
    const at = (this.#due ?? this.clock.precise()) + ms;
    this.#entries.push({ at, run });
    void this.clock.waitUntil(at).then(() => this.catchUp());
  }

  /** Does what is due, oldest first: whoever looks right after the clock was pushed must see what has happened by then. */
  catchUp(): void {
    for (;;) {
      const now = this.clock.precise();
      const due = this.#entries.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
      const [first] = due;
      if (this.#closed || first === undefined) return;
      this.#entries = this.#entries.filter((entry) => entry !== first);
      this.#due = first.at;
      try {
        first.run();
      } finally {
        this.#due = null;
      }
    }
  }

  /** Nothing happens any more. */
  close(): void {
    this.#closed = true;
    this.#entries = [];
  }
}
