/** What the measured process is told. */
export interface BenchSettings {
  readonly address: string;
  readonly stateFolder: string;
}

/** Where the platforms of the benchmark are. */
export interface SandboxPlace {
  /** Of the imitated warehouse; below it are its controls and its ledger. */
  readonly warehouse: string;
  /** As in a configuration file. */
  readonly connections: Readonly<Record<string, object>>;
}

/** More than the largest number of waiting orders, so that none is evicted while memory is measured. */
export const CACHED = 4_000;
