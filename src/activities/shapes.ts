import { z } from 'zod';

/*
 * Parts of the shapes of answers. A shape names what we rely on; other fields may be there and are passed over.
 */

/** Text, or nothing. */
export const text = z.string().nullish();

/** An id: text by most specifications, a number in some answers. */
export const id = z.union([z.string().min(1), z.number().int()]).transform(String);

/** A list, which platforms leave out, or null, when it is empty. */
export const list = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .nullish()
    .transform((items) => items ?? []);
