import { alpha2 } from '../../workflows/countries.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { plain, sameText } from '../texts.js';
import { orderBody, wireTime } from './body.js';
import { exact, lineMatcher } from './lines.js';
import type { LineThere, OrderThere, Pair } from './shapes.js';
import { withStop } from './stop-text.js';

/**
 * The fields in which an order at Logistics Plus differs from the wanted one, by their names in the input. No values:
 * they may be personal.
 *
 * What the order does not say is the platform's to fill in, except in the place it goes to and in its lines: there, more
 * is another place and other goods. Forms that the platform gives to a value are passed over: letter case, blanks, two
 * or three letters of a country, a number as text, another offset of the same moment.
 *
 * @param stopNote a note that begins with it is the order's own note with the stop text in front
 */
export function differences(wanted: LogisticsPlusOrder, there: OrderThere, stopNote?: string): string[] {
  const body = orderBody(wanted);
  const { address = {}, contact = {} } = there.shipToAddress ?? {};
  return [
    ...(sameText(there.warehouseCode, body.warehouseCode) ? [] : ['warehouseCode']),
    ...wantedTexts('', { secondaryReference: body.secondaryReference }, there),
    ...wantedTexts('shipToAddress.address.', { organization: body.shipToAddress.address.organization }, address ?? {}),
    ...placeDiffers(body.shipToAddress.address, address ?? {}),
    ...wantedTexts('shipToAddress.contact.', body.shipToAddress.contact ?? {}, contact ?? {}),
    ...(sameMoment(body.requiredShipDate, there.requiredShipDate) ? [] : ['requiredShipDate']),
    ...linesDiffer(wanted, there.orderLines),
    ...(holdsPairs(body.additionalReferences, there.additionalReferences) ? [] : ['additionalReferences']),
    ...(sameNote(body.note, there.note, stopNote) ? [] : ['note']),
    ...carriageDiffers(body, there),
  ];
}

type Texts = Readonly<Record<string, string | null | undefined>>;

/** Names of the wanted texts that stand otherwise there. */
function wantedTexts(path: string, wanted: Texts, there: object): string[] {
  const shown = there as Texts;
  return Object.keys(wanted)
    .filter((name) => plain(wanted[name]) !== '' && !sameText(wanted[name], shown[name]))
    .map((name) => `${path}${name}`);
}

const PLACE = ['addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country'] as const;

function placeDiffers(wanted: Texts, there: Texts): string[] {
  const form = (name: string, value: string | null | undefined) =>
    name === 'country' ? alpha2((value ?? '').trim().toUpperCase()) : value;
  return PLACE.filter((name) => !sameText(form(name, wanted[name]), form(name, there[name]))).map(
    (name) => `shipToAddress.address.${name}`,
  );
}

function sameMoment(wanted: string | undefined, there: string | null | undefined): boolean {
  if (wanted === undefined) return true;
  const shown = Date.parse(there ?? '');
  return Number.isFinite(shown) && wireTime(new Date(shown).toISOString()) === wanted;
}

function sameNote(wanted: string | undefined, there: string | null | undefined, stopNote: string | undefined): boolean {
  if (wanted === undefined || sameText(wanted, there)) return true;
  return stopNote !== undefined && sameText(withStop(stopNote, wanted), there);
}

function linesDiffer(wanted: LogisticsPlusOrder, there: readonly LineThere[]): string[] {
  const lines = wanted.orderLines;
  const indexOf = lineMatcher(lines, there);
  const matched = lines.map((): LineThere[] => []);
  const problems: string[] = [];
  for (const line of there) {
    const index = indexOf(line);
    if (index === undefined) problems.push('orderLines');
    else matched[index]?.push(line);
  }
  lines.forEach((line, index) => {
    const [found, ...more] = matched[index] ?? [];
    const path = `orderLines[${index}]`;
    if (found === undefined || more.length > 0) problems.push(path);
    else problems.push(...lineDiffers(line, found).map((name) => `${path}.${name}`));
  });
  return [...new Set(problems)];
}

function lineDiffers(wanted: LogisticsPlusOrder['orderLines'][number], there: LineThere): string[] {
  return [
    ...(sameText(wanted.productCode, there.productCode) ? [] : ['productCode']),
    ...(there.quantity !== undefined && exact(there.quantity) === exact(wanted.quantity) ? [] : ['quantity']),
    ...(unshown(there.quantityUnit) || sameText(wanted.quantityUnit, there.quantityUnit) ? [] : ['quantityUnit']),
    // Nothing says that orders show these again.
    ...(there.partAttributes.length === 0 || holdsPairs(wanted.partAttributes, there.partAttributes)
      ? []
      : ['partAttributes']),
  ];
}

/** Whether all wanted pairs are there, whatever the case of their keys. */
function holdsPairs(wanted: readonly { key: string; value: string }[] | undefined, there: readonly Pair[]): boolean {
  return (wanted ?? []).every(({ key, value }) =>
    there.some((pair) => sameText(pair.key, key) && sameText(String(pair.value ?? ''), value)),
  );
}

/** How it travels is sent, and not in all answers shown again: only what is shown can differ. */
function carriageDiffers(body: ReturnType<typeof orderBody>, there: OrderThere): string[] {
  const wanted: Texts = {
    'transportDetail.carrierCode': body.transportDetail?.carrierCode,
    'transportDetail.serviceLevelCode': body.transportDetail?.serviceLevelCode,
    rateGroup: body.rateGroup,
    'forwardingData.incoTerm': body.forwardingData?.incoTerm,
  };
  const shown: Texts = {
    'transportDetail.carrierCode': there.transportDetail?.carrierCode,
    'transportDetail.serviceLevelCode': there.transportDetail?.serviceLevelCode,
    rateGroup: there.rateGroup,
    'forwardingData.incoTerm': there.forwardingData?.incoTerm,
  };
  return Object.keys(wanted).filter(
    (name) => plain(wanted[name]) !== '' && !unshown(shown[name]) && !sameText(wanted[name], shown[name]),
  );
}

const unshown = (value: string | null | undefined): boolean => plain(value) === '';
