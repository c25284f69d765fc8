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
    const answer = await fetch(`${this.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const value = (await answer.json()) as T & { readonly error?: string };
    if (!answer.ok) throw new Failed(`the sandbox refuses ${method} ${path}: ${value.error ?? answer.status}`);
    return value;
  }
}

/** An answer that is kept from whoever waits for it. */
export interface HeldAnswer {
  /** True once the work is done and the answer waits; false when no such request came within a minute. */
  reached(): Promise<boolean>;
  release(): Promise<void>;
}
