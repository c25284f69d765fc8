import { keapSeed } from '../sandbox/index.js';

/**
 * Connections to a sandbox, as a configuration file has them: one for each way to talk to it. Their keys are the
 * sandbox's own and open nothing else; two of them, so that each connection has a limit of its own.
 */
export function sandboxConnections({ keapUrl }: { readonly keapUrl: string }) {
  return {
    connections: {
      'keap/sandbox': { url: keapUrl, auth: { serviceAccountKey: keapSeed.serviceAccountKey } },
      'keap/sandbox-xml-rpc': {
        url: keapUrl,
        transport: 'xml-rpc',
        auth: { personalAccessToken: keapSeed.personalAccessToken },
      },
    },
  };
}
