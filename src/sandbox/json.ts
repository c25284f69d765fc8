/** A number that is written with a fixed number of decimals, as some platforms do: `2.000`. */
export class Decimal {
  constructor(
    readonly value: number,
    readonly places: number,
  ) {}
}

/** Plain data as JSON; beside what `JSON.stringify` does, a {@link Decimal} keeps its decimals. */
export function writeJson(value: unknown): string {
  if (value instanceof Decimal) return value.value.toFixed(value.places);
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
