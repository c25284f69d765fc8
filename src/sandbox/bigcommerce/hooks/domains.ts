/** Calls of the last two minutes count. */
const windowMs = 120_000;
/** Fewer calls than these say nothing. */
const fewestCalls = 100;
const leastShare = 0.9;
/** How long nothing goes to a domain that fails too often. */
const blockedMs = 180_000;

interface Domain {
  calls: { time: number; accepted: boolean }[];
  blockedUntil: number;
}

/** The domains that hooks go to, each by itself for each app: all paths of a domain share what happens to it. */
export class Domains {
  readonly #all = new Map<string, Domain>();

  constructor(private readonly now: () => number) {}

  isBlocked(clientId: string, destination: string): boolean {
    return this.#of(clientId, destination).blockedUntil > this.now();
  }

  /** Counts a call; one failure too many blocks the domain. */
  count(clientId: string, destination: string, accepted: boolean): void {
    const domain = this.#of(clientId, destination);
    const now = this.now();
    domain.calls = [...domain.calls.filter(({ time }) => time > now - windowMs), { time: now, accepted }];
    const good = domain.calls.filter((call) => call.accepted).length;
    if (domain.calls.length < fewestCalls || good / domain.calls.length >= leastShare) return;
    domain.blockedUntil = now + blockedMs;
    domain.calls = [];
  }

  /** Host names of those that are blocked. */
  blockedOf(clientId: string): string[] {
    const now = this.now();
    return [...this.#all]
      .filter(([key, { blockedUntil }]) => key.startsWith(`${clientId} `) && blockedUntil > now)
      .map(([key]) => key.slice(clientId.length + 1));
  }

  #of(clientId: string, destination: string): Domain {
    const key = `${clientId} ${new URL(destination).hostname}`;
    const domain = this.#all.get(key) ?? { calls: [], blockedUntil: 0 };
    this.#all.set(key, domain);
    return domain;
  }
}
