import { z } from 'zod';
import { expected } from '../../workflows/input.js';

const what = 'expected exactly one of fault, killWorker, control, send, cancel';

/** One thing that is done to an example's order. */
export const deedSchema = z
  .strictObject({
    when: z.string().optional().describe('The phase that the order must have reached before, e.g. "waiting"'),
    shows: z.string().optional().describe('What it must wait for then, in its own words, e.g. "On Order"'),
    fault: z
      .looseObject({ kind: z.string(), operation: z.string() })
      .optional()
      .describe('A fault of the sandbox, set before the order starts; it must strike'),
    killWorker: z
      .strictObject({ after: z.string() })
      .optional()
      .describe('The worker gets SIGKILL when the platform has done this operation and before it has answered'),
    control: z
      .strictObject({ name: z.string(), input: z.record(z.string(), z.unknown()).default({}) })
      .optional()
      .describe(
        "What people at the platform do: a control of the sandbox; {reference} stands for the order's own, {yesterday} for that day",
      ),
    send: z
      .strictObject({
        update: z.string(),
        change: z
          .record(z.string(), z.unknown())
          .optional()
          .describe('Of an update that takes the whole order: what is to be otherwise than it was started'),
        value: z.record(z.string(), z.unknown()).optional().describe('Of any other update: what it takes'),
      })
      .refine(
        ({ change, value }) => (change === undefined) !== (value === undefined),
        'expected either change or value',
      )
      .optional()
      .describe('An update of the story is sent'),
    cancel: z.literal(true, expected('true')).optional().describe('The order is asked to cancel'),
  })
  .superRefine(({ when, shows, ...deeds }, context) => {
    const { fault, killWorker } = deeds;
    if (Object.keys(deeds).length !== 1) context.addIssue({ code: 'custom', message: what });
    else if (when !== undefined && (fault ?? killWorker) !== undefined) {
      context.addIssue({ code: 'custom', path: ['when'], message: 'cannot be said of what is set before the start' });
    } else if (shows !== undefined && when === undefined) {
      context.addIssue({ code: 'custom', path: ['when'], message: 'is missing; shows belongs to it' });
    }
  });

/** One thing that is done to an example's order, as {@link deedSchema} parsed it. */
export type Deed = z.output<typeof deedSchema>;

/** What an update of an example's order takes. */
export const updateValue = (order: object, { change, value }: NonNullable<Deed['send']>): object =>
  value ?? { ...order, ...change };
