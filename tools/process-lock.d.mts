/**
 * Waits until no other process of this machine holds the lock, then holds it while the work is done.
 *
 * @param folder the lock itself; its parent is made when missing
 * @param onWait called with the pid of each process that is waited for
 */
export declare function withProcessLock<T>(
  folder: string,
  onWait: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T>;
