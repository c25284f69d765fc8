import { CancellationScope, condition } from '@temporalio/workflow';
import type { CancelAnswer } from './contract.js';
import { happened, type RunState } from './run.js';

/** Thrown into the body of a story, at a boundary between two steps, when a cancel was granted. */
export class Granted extends Error {
  override readonly name = 'Granted';
}

/**
 * Decides a cancel: the body asks at its boundaries, so a step is never torn. A step that is only being waited for (a
 * retry in its back-off, a place in the queue) is taken out of the queue; one whose request is under way is finished.
 */
export class Cancel {
  answer: CancelAnswer | undefined;
  granted = false;
  private asked = false;
  /** The story is finding out whether the run can be stopped; what fails then is an answer, not a hold. */
  deciding = false;
  private shields = 0;
  /** Parts of the story that are open: they decide first. */
  private parts = 0;
  private readonly scope = new CancellationScope({ cancellable: true });
  private decide: () => Promise<CancelAnswer>;

  constructor(private readonly run: RunState) {
    this.decide = async () =>
      run.noReturn === undefined
        ? { verdict: 'stopped', reason: 'everything was taken back' }
        : { verdict: 'too-late', reason: run.noReturn };
  }

  /** The story's own way to decide, instead of "until the point of no return". */
  decideBy(decide: () => Promise<CancelAnswer>): void {
    this.decide = decide;
  }

  /** Asks for the run to be stopped. Asking again joins. */
  ask(): void {
    if (this.asked) return;
    this.asked = true;
    happened(this.run, 'cancel asked for');
    if (this.shields === 0) this.scope.cancel();
  }

  get wasAsked(): boolean {
    return this.asked;
  }

  /** A cancel waits to be decided, and may be decided here. */
  get waiting(): boolean {
    const undecided = this.asked && this.answer === undefined && !this.granted && !this.deciding;
    return undecided && this.shields === 0 && this.parts === 0;
  }

  /** Called by the body between two steps, when a cancel is {@link waiting}. Throws {@link Granted} when it is granted. */
  async boundary(): Promise<void> {
    if (!this.waiting) return;
    this.deciding = true;
    const { phase, hold } = this.run;
    this.run.phase = 'stopping';
    try {
      const answer = await this.decide();
      if (answer.verdict === 'stopped') {
        this.granted = true;
        this.run.hold = undefined;
        happened(this.run, 'cancel granted');
        throw new Granted();
      }
      this.answer = answer;
      happened(this.run, `cancel refused: ${answer.reason}`);
    } finally {
      this.deciding = false;
      if (!this.granted) Object.assign(this.run, { phase, hold });
    }
  }

  /** Runs the body of the story, whose steps a cancel may take out of the queue. */
  body<T>(call: () => Promise<T>): Promise<T> {
    return this.scope.run(call);
  }

  /**
   * Runs a step that a cancel may take out of the queue; it then fails as cancelled, and nothing was sent. The body's
   * own scope serves for that, not one for each step: every promise of a workflow costs the SDK a stack trace. A cancel
   * uses it up; it was decided then, and what still runs is not to be interrupted again.
   */
  interruptibly<T>(call: () => Promise<T>): Promise<T> {
    return this.scope.consideredCancelled ? CancellationScope.nonCancellable(call) : call();
  }

  /** Runs what no cancel may interrupt: an outcome that is open, an undo. */
  async shielded<T>(call: () => Promise<T>): Promise<T> {
    this.shields++;
    try {
      return await CancellationScope.nonCancellable(call);
    } finally {
      this.shields--;
    }
  }

  /** Runs beside an open part: a cancel goes to the part at once, and is decided here after its end. */
  async beside<T>(call: () => Promise<T>): Promise<T> {
    this.parts++;
    try {
      return await call();
    } finally {
      this.parts--;
    }
  }

  /** An earlier run had been asked, and this was the answer. */
  wasAnswered(answer: CancelAnswer): void {
    this.asked = true;
    this.answer = answer;
  }

  /** Waits for `ms`, serving a cancel meanwhile. */
  pause(ms: number, summary: string): Promise<unknown> {
    return this.wait(() => false, ms, summary);
  }

  /**
   * Waits until `done`, or for `ms`, serving a cancel meanwhile.
   *
   * @returns whether it was done in time
   */
  async wait(done: () => boolean, ms?: number, summary?: string): Promise<boolean> {
    const end = ms === undefined ? undefined : Date.now() + ms;
    for (;;) {
      await this.boundary();
      const wake = () => done() || this.waiting;
      const inTime = await CancellationScope.nonCancellable(async () => {
        if (end === undefined) return condition(wake).then(() => true);
        return condition(wake, Math.max(1, end - Date.now()), summary === undefined ? {} : { summary });
      });
      if (!inTime) return false;
      if (done()) return true;
    }
  }
}
