/** What the measured process is told. */
export interface BenchSettings {
  readonly address: string;
  readonly sandboxUrl: string;
  readonly stateFolder: string;
}

/** More than the largest number of waiting orders, so that none is evicted while memory is measured. */
export const CACHED = 4_000;
