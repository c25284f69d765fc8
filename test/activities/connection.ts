import type { Connection } from '../../src/activities/connection.js';
import { parseConnections } from '../../src/connections.js';

/** How connections of a platform are read. */
export function readingOf(platform: string) {
  const one = (settings: object): Connection => {
    const [connection] = parseConnections({ connections: { [`${platform}/acme`]: settings } }, 'test', {}).values();
    if (connection === undefined) throw new Error('no connection');
    return connection;
  };
  return {
    one,
    /** What is wrong with settings, in the words of the refusal; empty where nothing is. */
    problemsOf(settings: object): string {
      try {
        one(settings);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    },
  };
}
