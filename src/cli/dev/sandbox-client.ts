import type { FaultRecord, SandboxLedger } from '../../sandbox/index.js';
import { Failed } from '../exit.js';

/** Longest that the sandbox keeps a question about a hold waiting, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** The controls of a sandbox that runs in another process. */
export class SandboxClient {
  /** @param url of the platform's imitation */
  constructor(private readonly url: string) {}

  get ledgerUrl(): string {
    return `${this.url}/_sandbox/ledger`;
  }

  /** In the platform's own shape; its `Demonstration` reads it. */
  ledger(): Promise<SandboxLedger> {
    return this.ask<SandboxLedger>('GET', 'ledger');
  }

  addFault(fault: object): Promise<FaultRecord> {
    return this.ask<FaultRecord>('POST', 'faults', fault);
  }

  /**
   * Does what people at the platform do, or changes how the imitation behaves.
   *
   * @throws {@link Failed} when the imitation refuses it
   */
  async control(name: string, input: object): Promise<void> {
    await this.ask('POST', `controls/${name}`, input);
  }

  /** The same, for what not every imitation has: false when this one does not know it. */
  async controlIfAny(name: string, input: object): Promise<boolean> {
    const { status, value } = await this.request('POST', `controls/${name}`, input);
    if (status === NOT_KNOWN) return false;
    expectDone(`POST controls/${name}`, status, value);
    return true;
  }

  /** Holds back the answer to the next such request, whose work is done. */
  async holdAnswer(operation: string): Promise<HeldAnswer> {
    const { id } = await this.ask<{ id: number }>('POST', 'holds', { operation, at: 'done' });
    return {
      reached: async () => {
        const { reached } = await this.ask<{ reached: unknown }>('GET', `holds/${id}?wait=${LONGEST_WAIT_MS}`);
        return reached !== null;
      },
      release: async () => {
        await this.ask('POST', `holds/${id}/release`);
      },
    };
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, value } = await this.request(method, path, body);
    expectDone(`${method} ${path}`, status, value);
    return value as T;
  }

  private async request(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${this.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    return { status: answer.status, value: (await answer.json()) as Answer['value'] };
  }
}

interface Answer {
  readonly status: number;
  readonly value: { readonly error?: string };
}

function expectDone(what: string, status: Answer['status'], { error }: Answer['value']): void {
  if (status >= HTTP_ERRORS) throw new Failed(`the sandbox refuses ${what}: ${error ?? status}`);
}

/** From here on an HTTP status is a refusal. */
const HTTP_ERRORS = 400;

/** What the sandbox answers about a control that an imitation does not have. */
const NOT_KNOWN = 404;

/** An answer that is kept from whoever waits for it. */
export interface HeldAnswer {
  /** True once the work is done and the answer waits; false when no such request came within a minute. */
  reached(): Promise<boolean>;
  release(): Promise<void>;
}
