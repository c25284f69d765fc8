/** `order` is the number of an order, which is a decimal: the part behind the point counts its back orders. */
export type FieldType = 'text' | 'whole' | 'decimal' | 'time' | 'truth' | 'order' | 'data';

/** The fields of one kind of record, by name. */
export type Fields = ReadonlyMap<string, FieldType>;

/** A value of a field. Times are milliseconds since 1970, as the numbers of orders are numbers. */
export type FieldValue = string | number | boolean | null;

/** A record as it is kept: what is not there is null. `data` is anything else: lists, custom fields. */
export type Row = Readonly<Record<string, unknown>>;

const letters: Readonly<Record<string, FieldType>> = {
  s: 'text',
  i: 'whole',
  n: 'decimal',
  t: 'time',
  b: 'truth',
  o: 'order',
  x: 'data',
};

/**
 * Fields in a short notation, a line for each type.
 *
 * @example fields({ s: 'sku status', i: 'id lobId', t: 'modifyDate' })
 */
export function fields(notation: Partial<Record<'s' | 'i' | 'n' | 't' | 'b' | 'o' | 'x', string>>): Fields {
  return new Map(
    Object.entries(notation).flatMap(([letter, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name) => [name, letters[letter] ?? 'data'] as const),
    ),
  );
}

export function allFields(...some: readonly Fields[]): Fields {
  return new Map(some.flatMap((each) => [...each]));
}
