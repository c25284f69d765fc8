/** What the measured process is told. */
export interface BenchSettings extends WorkerWish {
  readonly address: string;
  readonly stateFolder: string;
  /** Files with the code of the workflows. */
  readonly bundles: { readonly orders: string; readonly bare: string };
}

/** What is to be measured. */
export interface WorkerWish {
  /** How many workflows are kept in memory, of each kind. */
  readonly cached: number;
  /** Without it orders and bare workflows. */
  readonly only?: 'orders' | 'bare';
}

/** Where the platforms of the benchmark are. */
export interface SandboxPlace {
  /** Where each imitation listens, by the name of its platform; below it are its controls and its ledger. */
  readonly urls: Readonly<Record<string, string>>;
  /** As in a configuration file. */
  readonly connections: Readonly<Record<string, object>>;
}
