/** Whether a call changes something at the platform. */
export type CallKind = 'read' | 'write';

/** What the sandbox knows of a request before it is worked. */
export interface Call {
  /** A stable word such as `orders.create` or `DataService.query:Job`. */
  operation: string;
  kind: CallKind;
  method: string;
  /** Path and query, without secrets. */
  path: string;
}

/** One request in the ledger, in order of arrival. */
export interface RequestRecord extends Call {
  id: number;
  /** Sandbox time of arrival, milliseconds since 1970. */
  time: number;
  /** Which credential was shown, by name; null when none was accepted. Never the secret. */
  credential: string | null;
  /** True once authentication and throttle let it in. */
  admitted: boolean;
  /** True once the platform did what was asked, or refused it after looking at it. */
  worked: boolean;
  /** The status sent; null while nothing was sent, and for ever when the answer was dropped. */
  status: number | null;
  /** The kind of the fault that hit it. */
  fault: string | null;
}

/** `*`, `read`, `write`, an operation, or an operation without its table (`DataService.query`). */
export type OperationSelector = string | readonly string[];

type Stage = 'admitted' | 'worked';

interface Waiter {
  stage: Stage;
  selector: OperationSelector;
  left: number;
  resolve(record: RequestRecord): void;
}

export function selects(selector: OperationSelector, call: Pick<Call, 'operation' | 'kind'>): boolean {
  if (typeof selector !== 'string') return selector.some((one) => selects(one, call));
  return (
    selector === '*' ||
    selector === call.kind ||
    selector === call.operation ||
    call.operation.startsWith(`${selector}:`)
  );
}

/** Every request that reached a platform, and the tests that wait for one. */
export class RequestLog {
  #records: RequestRecord[] = [];
  #waiters = new Set<Waiter>();

  open(call: Call, time: number): RequestRecord {
    const record: RequestRecord = {
      id: this.#records.length + 1,
      time,
      ...call,
      credential: null,
      admitted: false,
      worked: false,
      status: null,
      fault: null,
    };
    this.#records.push(record);
    return record;
  }

  reached(stage: Stage, record: RequestRecord): void {
    record[stage] = true;
    for (const waiter of [...this.#waiters]) {
      if (waiter.stage !== stage || !selects(waiter.selector, record)) continue;
      waiter.left -= 1;
      if (waiter.left > 0) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(record);
    }
  }

  /**
   * Resolves with the nth request of this operation to reach the stage, counted from the start (or the last reset),
   * so that it may be asked before or after the request came.
   */
  when(stage: Stage, selector: OperationSelector, nth = 1): Promise<RequestRecord> {
    const seen = this.#records.filter((record) => record[stage] && selects(selector, record));
    const found = seen[nth - 1];
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => {
      this.#waiters.add({ stage, selector, left: nth - seen.length, resolve });
    });
  }

  all(): RequestRecord[] {
    return this.#records.map((record) => ({ ...record }));
  }

  clear(): void {
    this.#records = [];
  }
}
