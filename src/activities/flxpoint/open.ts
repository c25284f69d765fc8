import type { FlxpointAt } from '../../workflows/flxpoint/contract.js';
import { failed, fromUnreadable, lost } from '../answers.js';
import type { Asked } from '../asked.js';
import { type Caller, callerByHand, callerFor, type Errand, fixedAuth } from '../call.js';
import { failure } from '../failure.js';
import type { HttpAnswer } from '../http.js';
import type { Served } from '../platform.js';
import { FlxpointClient } from './client.js';
import { flxpointDialect, isPage } from './dialect.js';
import { poolPauseMs } from './pool.js';
import { may, type Operation, whyNot } from './rights.js';
import { type FlxpointSettings, settingsOf } from './settings.js';

/** What the steps of one connection share. */
export interface Open {
  /**
   * Flxpoint on behalf of an order.
   *
   * @param personal what is known of the people concerned, to be hidden in Flxpoint's words; without it, none are shown
   * @param quotable what may be shown although it was sent, e.g. SKUs
   */
  readonly open: (
    at: Pick<FlxpointAt, 'reference'>,
    personal?: readonly string[],
    quotable?: readonly string[],
  ) => FlxpointClient;
  /** Flxpoint on behalf of nobody in particular. */
  readonly openBlind: () => FlxpointClient;
  readonly settings: FlxpointSettings;
}

export function openFlxpoint(served: Served): Open {
  const settings = settingsOf(served.connection);
  const clientOf = (more: OnBehalf) =>
    new FlxpointClient(served, guarded(served, settings, callerFor(served, { ...errandOf(settings), ...more })));
  return {
    open: ({ reference }, personal, quotable = []) => clientOf({ reference, personal, quotable }),
    openBlind: () => clientOf({ reference: undefined, personal: undefined }),
    settings,
  };
}

/** On whose behalf, or about what. */
type OnBehalf = Pick<Errand, 'reference' | 'personal' | 'quotable'>;

const errandOf = ({ token }: FlxpointSettings): Omit<Errand, keyof OnBehalf> => ({
  dialect: flxpointDialect,
  auth: fixedAuth({ 'x-api-token': token }),
});

/**
 * Sends what a person has asked for with a command.
 *
 * @param hidden what Flxpoint's words are shown without
 */
export function flxpointByHand(served: Served, hidden: readonly string[]): Caller {
  const settings = settingsOf(served.connection);
  const onBehalf = { reference: undefined, personal: hidden };
  return guarded(served, settings, callerByHand(served, { ...errandOf(settings), ...onBehalf }));
}

/**
 * Sends nothing that the token may not do, obeys the headers of the token's pool, and takes no page for an answer: with a
 * wrong token or path Flxpoint has shown its login page with a 200.
 */
function guarded(served: Served, settings: FlxpointSettings, call: Caller): Caller {
  return async (request) => {
    const operation = request.operation as Operation;
    if (!may(settings, operation)) {
      const details = { platform: 'flxpoint', connection: served.connection.name, operation };
      throw failure('Rejected', `${served.connection.name}: ${whyNot(settings, operation)}`, details);
    }
    const { answer, asked } = await call(request);
    const pause = poolPauseMs(answer.headers);
    if (pause !== undefined) served.send.pause(pause);
    expectOwn(asked, answer);
    return { answer, asked };
  };
}

function expectOwn(asked: Asked, answer: HttpAnswer): void {
  const { status, text, headers } = answer;
  const page = isPage(text) || /\bhtml\b/i.test(headers['content-type'] ?? '');
  const done = status >= 200 && status <= 299;
  if (done && page) throw fromUnreadable(asked, status, 'cut', 'it is a page, not JSON');
  // What many successes answer is not documented. One that says that it is JSON, and is not, may come from a gateway
  // before anything was done.
  if (done && text.trim() !== '' && /\bjson\b/i.test(headers['content-type'] ?? '') && !isJson(text)) {
    throw fromUnreadable(asked, status, 'cut', 'it is not JSON, or not all of it');
  }
  // "404 page not found" in plain text is some gateway's; taken for Flxpoint's, an order would seem to be gone.
  if (status === 404 && text.trim() !== '' && !page && !text.trimStart().startsWith('{')) {
    throw failed(asked, lost(asked), `${asked.dialect.name} answered ${asked.operation} with 404 by a gateway`, {
      status,
    });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
