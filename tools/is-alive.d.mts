/** Whether a process of this machine runs; one that has ended but is still in the process table does not. */
export declare function isAlive(pid: number): boolean;
