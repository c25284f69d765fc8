import { failureType } from '../failure.js';

/** `undefined` where Keap says that there is no such thing. */
export async function unlessNotFound<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (failureType(error) === 'NotFound') return undefined;
    throw error;
  }
}
