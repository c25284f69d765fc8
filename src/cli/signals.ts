/**
 * Calls `first` at the first SIGINT or SIGTERM, and `second` at every one that follows.
 *
 * @returns what takes the handlers away again
 */
export function onSignals(first: (signal: NodeJS.Signals) => void, second: () => void): () => void {
  let signaled = false;
  const handle = (signal: NodeJS.Signals) => {
    if (signaled) return second();
    signaled = true;
    first(signal);
  };
  process.on('SIGINT', handle).on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle).off('SIGTERM', handle);
  };
}
