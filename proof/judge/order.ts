import { expect } from 'vitest';
import { type End, howOf } from '../../test/stories/endings.js';
import type { Account, Input, Journey, TestedLedger } from '../../test/stories/tested.js';
import type { AnyStory } from '../stories.js';

/** An order that has ended, and what the platform has of it. */
export interface EndedOrder {
  readonly story: AnyStory;
  readonly journey: Journey<Account>;
  readonly input: Input;
  readonly end: End;
  readonly ledger: TestedLedger;
}

/** What happened to it beside its faults: a cancel was asked for; a person was asked. */
export interface Happened {
  readonly canceled: boolean;
  readonly held: boolean;
}

/**
 * What the ledger says against it; nothing when the promise was kept. An order that was canceled is judged by the verdict
 * that its caller was given, every other by the end that its journey has, or by having been taken back whole.
 */
export function judgeOrder({ story, journey, input, end, ledger }: EndedOrder, was: Happened): string[] {
  return problemsOf(() => {
    if (was.canceled && end.cancel !== undefined) {
      story.cancels.expectTrue(end.cancel.verdict, ledger, input);
      expect(howOf(end) === 'canceled', `it ended ${howOf(end)}, and the verdict is ${end.cancel.verdict}`).toBe(
        end.cancel.verdict === 'stopped',
      );
    } else {
      expect(howOf(end)).toBe(journey.ends);
      journey.judge(ledger, input);
      // Two faults at one write are more than it is sent again for: then a person is asked on any journey.
      const asked = was.held && { personInvolved: true };
      if (journey.result !== undefined) expect(end).toMatchObject({ ...journey.result, ...asked });
    }
    expect(end.left, 'it says that something is left').toEqual([]);
  });
}

/** What a check says that throws; nothing when it does not. */
export function problemsOf(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
