import type { SandboxClock } from '../clock.js';
import { Counter } from './counter.js';
import { Records } from './records.js';
import { wholeSecond } from './times.js';

export interface Dated {
  id: number;
  createdAt: number;
  modifiedAt: number;
}

/** Records of one kind that are numbered, and that know when they were made and changed. */
export class DatedRecords<Content extends object> {
  readonly #records = new Records<Content & Dated>();
  readonly #ids: Counter;

  constructor(
    private readonly clock: SandboxClock,
    firstId: number,
  ) {
    this.#ids = new Counter(firstId);
  }

  add(content: Content): Content & Dated {
    const now = this.clock.now();
    const at = wholeSecond(now);
    const record = { ...structuredClone(content), id: this.#ids.next(), createdAt: at, modifiedAt: at };
    this.#records.put(record.id, now, record);
    return record;
  }

  change(record: Content & Dated, changes: Partial<Content>): Content & Dated {
    const now = this.clock.now();
    const changed = { ...record, ...structuredClone(changes), modifiedAt: wholeSecond(now) };
    this.#records.put(record.id, now, changed);
    return changed;
  }

  remove({ id }: Dated): void {
    this.#records.remove(id, this.clock.now());
  }

  get(id: number): (Content & Dated) | undefined {
    return this.#records.get(id);
  }

  all(): (Content & Dated)[] {
    return this.#records.all();
  }

  /** Those that were at that time, as they were. */
  asOf(time: number): (Content & Dated)[] {
    return this.#records.asOf(time);
  }

  /** Those that were deleted among them. */
  ever(): { value: Content & Dated; deletedAt: number | null }[] {
    return this.#records.ever();
  }
}
