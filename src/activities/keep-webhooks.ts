import { Context } from '@temporalio/activity';
import { readAll } from '../workflows/connection.js';
import { connectionWorkflowId } from '../workflows/contract.js';
import { paced, timing } from '../workflows/timing.js';
import { again } from './again.js';
import { failureType } from './failure.js';
import type { Served, Webhook } from './platform.js';
import { register } from './registration.js';

/** The activity that keeps the webhooks of a connection switched on. */
export function webhookActivities(served: Served, webhook: Webhook | undefined, pace: number) {
  const { name, webhook: wanted } = served.connection;
  const every = paced(timing.webhooks, pace);

  async function look(): Promise<void> {
    const registration = wanted && webhook?.registration?.(served, wanted.settings, wanted.address);
    if (registration === undefined) return;
    const { registered } = await register(registration, { removeStale: false, onlySwitchedOff: true });
    if (registered.length === 0) return;
    served.log.warn('webhooks had been switched off, and are on again', { connection: name, registered });
    // What was not sent meanwhile.
    await Context.current().client.workflow.getHandle(connectionWorkflowId(name)).signal(readAll);
  }

  return {
    /**
     * Looks now and then whether the platform has switched webhooks off, and has those on again. It never completes: each
     * pause ends as a failure that the server repeats. The first is as long as chance has it, so that connections do not
     * look together.
     */
    async keepWebhooks(): Promise<void> {
      if (Context.current().info.attempt === 1) throw again(every * Math.random());
      try {
        await look();
      } catch (error) {
        const type = failureType(error);
        if (type === undefined) throw error;
        // Without webhooks the rounds go on, and what waits looks by itself.
        served.log.warn('webhooks cannot be kept on', {
          connection: name,
          type,
          reason: (error as Error).message,
        });
      }
      throw again(every);
    },
  };
}
