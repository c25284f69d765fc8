import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where token pairs are kept when nobody says: the user's own, as the XDG Base Directory Specification has it. */
export function defaultStateFolder(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_STATE_HOME ? env.XDG_STATE_HOME : join(homedir(), '.local', 'state');
  return join(base, 'waybill');
}
