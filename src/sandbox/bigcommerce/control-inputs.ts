import { z } from 'zod';
import { settingsSchema, webhookSchema } from './options.js';

/** The input of each control. */
export const controlSchemas = {
  settings: settingsSchema.partial(),
  webhook: webhookSchema.partial(),
  releaseWebhooks: z.strictObject({ count: z.int().min(1).optional() }),
  /** Other apps of the store send so many requests. */
  otherApps: z.strictObject({ requests: z.int().min(1) }),
};

type Inputs = { [Name in keyof typeof controlSchemas]: z.input<(typeof controlSchemas)[Name]> };

/** What a person can do at the platform, and the sandbox's own settings. */
export interface BigcommerceControls {
  settings(changes: Inputs['settings']): void;
  webhook(changes: Inputs['webhook']): void;
  /** Gives how many went. */
  releaseWebhooks(input?: Inputs['releaseWebhooks']): number;
  otherApps(input: Inputs['otherApps']): void;
}
