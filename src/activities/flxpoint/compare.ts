import type { FlxpointLine, FlxpointWanted } from '../../workflows/flxpoint/contract.js';
import { plain, sameText } from '../texts.js';
import type { AddressThere, ItemThere } from './shapes.js';

/** Whether an item is of the wanted product. By any of its names: how the ids of an item come about is not documented. */
export function sameProduct({ variant }: FlxpointWanted, item: ItemThere): boolean {
  const { sku, listingVariantId, productVariantId } = variant;
  return (
    // Another product is in its place, and shows its own ids.
    item.usingProductAlternative === true ||
    (listingVariantId !== undefined && item.listingVariantId === listingVariantId) ||
    (productVariantId !== undefined && item.virtualVariantId === productVariantId) ||
    (sku !== undefined && sameText(item.sku, sku))
  );
}

/** Both are doubles of at most fifteen digits. */
export const samePrice = ({ line }: FlxpointWanted, item: ItemThere): boolean => item.price === Number(line.price);

/** The fields in which an item differs from the wanted line, by their names in the input. No values: they may be personal. */
export function differences(want: FlxpointWanted, item: ItemThere): string[] {
  return [
    ...(sameProduct(want, item) ? [] : ['product']),
    ...(item.quantity === want.line.quantity ? [] : ['quantity']),
    ...(samePrice(want, item) ? [] : ['price']),
    ...addressDiffers(want.line.shippingAddress, item.shippingAddress ?? undefined).map(
      (name) => `shippingAddress.${name}`,
    ),
  ];
}

const COMPARED = ['companyName', 'addressLine1', 'addressLine2', 'city', 'postal', 'email', 'phone'] as const;

/** An address that was masked says nothing. What Flxpoint derives (names, states, countries) is compared as far as both show it. */
function addressDiffers(wanted: FlxpointLine['shippingAddress'], there: AddressThere | undefined): string[] {
  if (wanted === undefined || there?.redacted === true) return [];
  if (there === undefined) return ['addressLine1'];
  return [
    ...(sameText(fullName(wanted), fullName(there)) ? [] : ['name']),
    ...COMPARED.filter((name) => !sameText(wanted[name], there[name])),
    ...(['state', 'stateCode', 'countryCode'] as const).filter((name) => bothDiffer(wanted[name], there[name])),
  ];
}

function fullName({ name, firstName, lastName }: Pick<AddressThere, 'name' | 'firstName' | 'lastName'>): string {
  const parts = [firstName, lastName].filter((part) => plain(part) !== '').join(' ');
  return parts === '' ? (name ?? '') : parts;
}

const bothDiffer = (wanted: string | undefined, there: string | null | undefined): boolean =>
  plain(wanted) !== '' && plain(there) !== '' && !sameText(wanted, there);
