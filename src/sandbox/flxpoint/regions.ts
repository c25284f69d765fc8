/** States of the United States, the District of Columbia among them, by their codes. */
const states: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,' +
    'DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,' +
    'KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,' +
    'MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,' +
    'NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,' +
    'SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,' +
    'WV West Virginia,WI Wisconsin,WY Wyoming'
  )
    .split(',')
    .map((state) => [state.slice(0, 2), state.slice(3)]),
);

const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** "Most countries": those that trade most. What is not here stays as it came. */
const countryCodes = [
  ...['US', 'CA', 'MX', 'GB', 'IE', 'DE', 'FR', 'NL', 'BE', 'ES', 'PT', 'IT', 'AT', 'CH', 'PL', 'CZ', 'DK', 'SE', 'NO'],
  ...['FI', 'AU', 'NZ', 'JP', 'KR', 'CN', 'IN', 'SG', 'BR', 'AR', 'CL', 'ZA', 'IL', 'AE', 'TR'],
];
const countries: Readonly<Record<string, string>> = Object.fromEntries(
  countryCodes.map((code) => [code, countryNames.of(code) ?? code]),
);

/** A code and a name of which one may be missing. */
export interface Region {
  code: string | null;
  name: string | null;
}

export const completeState = (state: Region): Region => complete(state, states);
export const completeCountry = (country: Region): Region => complete(country, countries);

function complete({ code, name }: Region, known: Readonly<Record<string, string>>): Region {
  const found = Object.entries(known).find(
    ([eachCode, eachName]) =>
      eachCode === code?.toUpperCase() || (code === null && eachName.toLowerCase() === name?.toLowerCase()),
  );
  return { code: code ?? found?.[0] ?? null, name: name ?? found?.[1] ?? null };
}
