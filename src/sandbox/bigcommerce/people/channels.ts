import { bigcommerceSeed } from '../seed.js';

export type Channel = (typeof bigcommerceSeed.channels)[number];

/** Where the store sells. */
export class Channels {
  readonly all: readonly Channel[] = bigcommerceSeed.channels;

  byId(id: number): Channel | undefined {
    return this.all.find((channel) => channel.id === id);
  }

  /** Only these take orders. */
  connected(id: number): Channel | undefined {
    const channel = this.byId(id);
    return channel?.status === 'connected' ? channel : undefined;
  }
}
