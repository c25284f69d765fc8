import { alpha2, countryCode, countryName } from '../../workflows/countries.js';

/** Where Infoplus's name is not the usual one. */
const NAMES: Readonly<Record<string, string>> = { GB: 'ENGLAND', NL: 'HOLLAND' };

/** `UNITED STATES` for `US` and `USA`: the form that is taken for customers and orders alike. */
export function countryThere(code: string): string {
  // Letters with marks are folded: nothing says that names have any.
  const plain = countryName(code).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").toUpperCase();
  return NAMES[alpha2(code)] ?? plain;
}

/** Whether an answer shows a country, by whatever name or code. */
export function sameCountry(shown: string, code: string): boolean {
  const name = shown.trim().toUpperCase();
  return name === countryThere(code) || countryCode(shown) === alpha2(code);
}

/** States are sent by their full names, and for the United States only. */
export function stateThere(state: string, country: string): string | undefined {
  return alpha2(country) === 'US' ? (STATES.get(state.trim().toUpperCase()) ?? state) : undefined;
}

const STATES = new Map(
  Object.entries({
    AL: 'Alabama',
    AK: 'Alaska',
    AS: 'American Samoa',
    AZ: 'Arizona',
    AR: 'Arkansas',
    CA: 'California',
    CO: 'Colorado',
    CT: 'Connecticut',
    DE: 'Delaware',
    DC: 'District of Columbia',
    FL: 'Florida',
    GA: 'Georgia',
    GU: 'Guam',
    HI: 'Hawaii',
    ID: 'Idaho',
    IL: 'Illinois',
    IN: 'Indiana',
    IA: 'Iowa',
    KS: 'Kansas',
    KY: 'Kentucky',
    LA: 'Louisiana',
    ME: 'Maine',
    MD: 'Maryland',
    MA: 'Massachusetts',
    MI: 'Michigan',
    MN: 'Minnesota',
    MS: 'Mississippi',
    MO: 'Missouri',
    MT: 'Montana',
    NE: 'Nebraska',
    NV: 'Nevada',
    NH: 'New Hampshire',
    NJ: 'New Jersey',
    NM: 'New Mexico',
    NY: 'New York',
    NC: 'North Carolina',
    ND: 'North Dakota',
    MP: 'Northern Mariana Islands',
    OH: 'Ohio',
    OK: 'Oklahoma',
    OR: 'Oregon',
    PA: 'Pennsylvania',
    PR: 'Puerto Rico',
    RI: 'Rhode Island',
    SC: 'South Carolina',
    SD: 'South Dakota',
    TN: 'Tennessee',
    TX: 'Texas',
    UT: 'Utah',
    VT: 'Vermont',
    VI: 'Virgin Islands',
    VA: 'Virginia',
    WA: 'Washington',
    WV: 'West Virginia',
    WI: 'Wisconsin',
    WY: 'Wyoming',
  }),
);
