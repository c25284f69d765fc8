import { CommanderError } from 'commander';

/** Exit codes, as the help of every command and the README state them. */
export const EXIT = {
  done: 0,
  /** It was tried and did not succeed, or was refused. */
  failed: 1,
  /** Bad input or configuration: nothing was started. */
  badInput: 2,
} as const;

/** What somebody gave to a command cannot be used. The message names where it came from, the field, and what is expected. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  /**
   * @param source the file, option or argument
   * @param problems one sentence each, beginning with the field where there is one
   */
  constructor(source: string, problems: readonly string[]) {
    super(
      problems.length === 1 ? `${source}: ${problems[0]}` : [`${source} cannot be used:`, ...problems].join('\n  '),
    );
  }
}

/** Something that a person can understand and mend without a stack. */
export class Failed extends Error {
  override readonly name = 'Failed';
}

// By name: loading the modules of all these classes, Temporal's client among them, takes half a second, which a mistake
// on the command line should not cost.
const badInput: ReadonlySet<string> = new Set([
  'BadInput',
  'InputError',
  'PartError',
  'ConfigurationError',
  'HistoryFileError',
]);

const failed: ReadonlySet<string> = new Set([
  'Failed',
  'ConsentError',
  'DifferentOrderError',
  'LeftoverError',
  'NoWorkerError',
  'OrderNotCompletedError',
  'RefusedError',
  'UnknownOrderError',
  'NoTemporalServerError',
  'PortTakenError',
]);

/** What to say of an error, and the exit code. Text is empty when commander has said it already. */
export async function endOf(error: unknown): Promise<{ readonly code: number; readonly text: string }> {
  if (error instanceof CommanderError) return { code: error.exitCode === 0 ? EXIT.done : EXIT.badInput, text: '' };
  if (!(error instanceof Error)) return { code: EXIT.failed, text: String(error) };
  if (badInput.has(error.name)) return { code: EXIT.badInput, text: error.message };
  if (failed.has(error.name)) return { code: EXIT.failed, text: error.message };
  const { temporalText } = await import('./temporal-errors.js');
  return { code: EXIT.failed, text: temporalText(error) ?? error.stack ?? error.message };
}
