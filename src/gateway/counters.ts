/**
 * How a webhook ended. `accepted`: made durable. `handshake`: answered, no hint. `forged`: not shown to be genuine.
 * `unusable`: nothing in it that Waybill can use. `failed`: could not be made durable; the sender tries again.
 */
export const outcomes = ['accepted', 'handshake', 'forged', 'unusable', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

/** What came in since the start. */
export interface Counters {
  /** One for an address that there is. */
  received(connection: string): void;
  /** One for an address that there is not, or no more. */
  unknown(): void;
  ended(connection: string, outcome: Outcome): void;
  /** In the text format of Prometheus. */
  text(): string;
}

export function createCounters(connections: readonly string[]): Counters {
  const received = new Map<string, number>();
  const ended = new Map<string, number>();
  let unknown = 0;
  const label = (connection: string) => `{connection="${connection}"}`;
  const both = (connection: string, outcome: Outcome) => `{connection="${connection}",outcome="${outcome}"}`;
  // From nought on: a counter that is not there cannot be told from one that nobody asked for.
  for (const connection of connections) {
    received.set(label(connection), 0);
    for (const outcome of outcomes) ended.set(both(connection, outcome), 0);
  }
  const add = (to: Map<string, number>, key: string) => to.set(key, (to.get(key) ?? 0) + 1);
  return {
    received: (connection) => void add(received, label(connection)),
    unknown: () => {
      unknown += 1;
    },
    ended: (connection, outcome) => void add(ended, both(connection, outcome)),
    text: () =>
      [
        ...counter('waybill_webhooks_received_total', 'Webhooks that came to the address of a connection.', received),
        ...counter('waybill_webhooks_total', 'Webhooks by how they ended.', ended),
        ...counter('waybill_webhooks_unknown_total', 'Requests to an address that there is not.', [['', unknown]]),
        '',
      ].join('\n'),
  };
}

function counter(name: string, help: string, values: Iterable<readonly [string, number]>): string[] {
  const lines = [...values].map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...lines];
}
