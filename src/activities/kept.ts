/**
 * Keeps what a read answered for a while, by key. Callers that ask together share one read; a read that failed is not
 * kept.
 */
export class Kept<T> {
  readonly #entries = new Map<string, { readonly value: Promise<T>; readonly until: number }>();

  constructor(private readonly forMs: number) {}

  get(key: string, read: () => Promise<T>): Promise<T> {
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.until > performance.now()) return entry.value;
    const value = read();
    this.#entries.set(key, { value, until: performance.now() + this.forMs });
    value.catch(() => this.drop(key, value));
    return value;
  }

  /** Forgets what was kept under the key, unless it was read again meanwhile. */
  drop(key: string, value: Promise<T>): void {
    if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
  }
}
