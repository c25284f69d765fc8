import { activityInfo } from '@temporalio/activity';
import type { Lane } from './limiter.js';

/**
 * How urgent an activity is, by the key of its priority: the queue hands out urgent ones first, and the limiter lets
 * them go first.
 */
const lanes: Readonly<Record<number, Lane>> = { 1: 'undo', 2: 'write', 3: 'read', 4: 'round' };

/** The lane of the requests of the activity that runs. */
export function laneNow(): Lane {
  return lanes[activityInfo().priority?.priorityKey ?? 3] ?? 'read';
}
