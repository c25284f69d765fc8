const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Full English names by their codes of two letters. */
const byCode: ReadonlyMap<string, string> = new Map(
  letters
    .flatMap((first) => letters.map((second) => `${first}${second}`))
    .flatMap((code) => {
      const name = names.of(code);
      return name === undefined ? [] : [[code, name] as const];
    }),
);
const byName: ReadonlyMap<string, string> = new Map([...byCode].map(([code, name]) => [name.toLowerCase(), code]));

export interface Country {
  country: string;
  country_iso2: string;
}

export function countryByCode(code: string): Country | undefined {
  const country = byCode.get(code.toUpperCase());
  return country === undefined ? undefined : { country, country_iso2: code.toUpperCase() };
}

export function countryByName(name: string): Country | undefined {
  const code = byName.get(name.toLowerCase());
  return code === undefined ? undefined : countryByCode(code);
}
