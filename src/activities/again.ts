import { ApplicationFailure } from '@temporalio/common';

/** Nothing went wrong: the same activity goes on after a pause, which adds nothing to any history. */
export const again = (ms: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'Unavailable',
    message: 'goes on later',
    category: 'BENIGN',
    nextRetryDelay: Math.max(1, Math.ceil(ms)),
  });
