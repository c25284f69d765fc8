import { type Answer, jsonAnswer } from '../answer.js';

/** Records come bare: a list is an array, without a count of all. */
export const shown = (body: unknown): Answer => jsonAnswer(200, body);

export const created = (body: unknown): Answer => jsonAnswer(201, body);

/** No body is declared for what changes and deletes. */
export const done = (): Answer => ({ status: 200, headers: {}, body: '' });
