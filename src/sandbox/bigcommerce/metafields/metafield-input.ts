import type { Members } from '../members.js';
import { refused } from '../refusals.js';
import { type Metafield, permissionSets } from './metafields.js';

const longest = { namespace: 64, key: 64, value: 65_535, description: 255 } as const;

export type MetafieldContent = Pick<Metafield, 'permissionSet' | 'namespace' | 'key' | 'value' | 'description'>;

/** What is given; what is not keeps what it was, or is missing where nothing was. */
export function contentIn(members: Members, before?: MetafieldContent): MetafieldContent {
  const permissionSet = permissionSets.find((each) => each === members.permission_set) ?? before?.permissionSet;
  if (
    permissionSet === undefined ||
    (members.permission_set !== undefined && permissionSet !== members.permission_set)
  ) {
    throw unprocessable('permission_set');
  }
  return {
    permissionSet,
    namespace: textIn(members, 'namespace', before),
    key: textIn(members, 'key', before),
    value: textIn(members, 'value', before),
    description: textIn({ description: before?.description ?? '', ...members }, 'description', before, 0),
  };
}

function textIn(
  members: Members,
  name: keyof typeof longest,
  before: MetafieldContent | undefined,
  shortest = 1,
): string {
  const value = members[name] ?? before?.[name];
  if (typeof value !== 'string' || value.length < shortest || value.length > longest[name]) throw unprocessable(name);
  return value;
}

const unprocessable = (name: string) =>
  refused(422, 'JSON data is missing or invalid', { [name]: `${name} is missing or of the wrong length.` });
