/** Ids that are integers, counted for each kind of thing by itself. */
export class NumberedIds<Kind extends string> {
  readonly #used = new Map<Kind, number>();

  /** @param first the first number of each kind */
  constructor(private readonly first: Readonly<Record<Kind, number>>) {}

  next(kind: Kind): number {
    const used = this.#used.get(kind) ?? 0;
    this.#used.set(kind, used + 1);
    return this.first[kind] + used;
  }
}
