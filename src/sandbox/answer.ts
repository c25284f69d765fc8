import { writeJson } from './json.js';

/** What a platform says to one request, before any fault has touched it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The words a platform has for the refusals that any request may meet. */
export interface Refusals {
  unauthorized(): Answer;
  throttled(): Answer;
  internal(): Answer;
  /** A refusal for good, as the platform words it. */
  business(message: string): Answer;
}

export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json;charset=UTF-8' }, body: writeJson(body) };
}

/** A login page with status 200, as a proxy or an expired session gives it. */
export const htmlPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Please sign in</h1></body></html>',
};

/** What a proxy says while the platform behind it cannot be reached: in no form of the platform's own. */
export const unavailablePage: Answer = {
  status: 503,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>',
};
