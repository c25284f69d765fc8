interface Version<T> {
  at: number;
  /** Null once it was deleted. */
  value: T | null;
}

/** Records of one kind by their ids, with all that each has been: a search lags behind. */
export class Records<T> {
  readonly #versions = new Map<number, Version<T>[]>();

  put(id: number, at: number, value: T): void {
    this.#add(id, { at, value });
  }

  remove(id: number, at: number): void {
    this.#add(id, { at, value: null });
  }

  get(id: number): T | undefined {
    return this.#versions.get(id)?.at(-1)?.value ?? undefined;
  }

  /** Those that are, in the order in which they came to be. */
  all(): T[] {
    return [...this.#versions.keys()].flatMap((id) => this.get(id) ?? []);
  }

  /** Those that were at that time, as they were. */
  asOf(time: number): T[] {
    return [...this.#versions.values()].flatMap((versions) => versions.findLast(({ at }) => at <= time)?.value ?? []);
  }

  /** Those that are and those that were, with what they were last. */
  ever(): { value: T; deletedAt: number | null }[] {
    return [...this.#versions.values()].flatMap((versions) => {
      const last = versions.at(-1);
      const value = versions.findLast((version) => version.value !== null)?.value;
      return last === undefined || value === undefined || value === null
        ? []
        : [{ value, deletedAt: last.value === null ? last.at : null }];
    });
  }

  #add(id: number, version: Version<T>): void {
    const versions = this.#versions.get(id);
    if (versions === undefined) this.#versions.set(id, [version]);
    else versions.push(version);
  }
}
