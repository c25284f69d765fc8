/** Country names as the tables of XML-RPC hold them, by the ISO alpha-3 code that REST v2 takes. */
const countries: Readonly<Record<string, string>> = {
  USA: 'United States',
  CAN: 'Canada',
  GBR: 'United Kingdom',
  AUS: 'Australia',
  DEU: 'Germany',
  FRA: 'France',
  NLD: 'Netherlands',
  IND: 'India',
};

/** A name for the code, or the code itself for countries that the sandbox does not know by name. */
export function countryName(code: string): string {
  return countries[code] ?? code;
}

export function countryCode(name: string): string | null {
  return Object.keys(countries).find((code) => countries[code] === name || code === name) ?? null;
}

const stateNames =
  'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,FL Florida,' +
  'GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,' +
  'MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,' +
  'NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,' +
  'OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,' +
  'UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming';

const states = new Map(
  stateNames.split(',').flatMap((entry) => {
    const short = entry.slice(0, 2);
    const code = `US-${short}`;
    return [
      [entry.slice(3).toLowerCase(), code],
      [short.toLowerCase(), code],
    ] as const;
  }),
);

/** ISO 3166-2 code of a US state by name or abbreviation; null for what is not one. */
export function regionCode(region: string | undefined, country: string | null): string | null {
  if (region === undefined || country !== 'USA') return null;
  return states.get(region.toLowerCase()) ?? null;
}
