import type { BigcommerceContent, BigcommerceProduct } from '../../workflows/bigcommerce/contract.js';
import { sameAmount } from '../../workflows/bigcommerce/decimal.js';
import { plain, sameText } from '../texts.js';
import type { AddressThere, OrderThere, ProductThere } from './shapes.js';

/** Which line of an order each wanted one is; undefined where none is. No line is two. */
export function matched(
  wanted: readonly BigcommerceProduct[],
  there: readonly ProductThere[],
): (ProductThere | undefined)[] {
  const left = [...there];
  return wanted.map((product) => {
    const alike = left.filter((line) => sameProduct(product, line));
    // Of lines of one product the one that is wholly as wanted, so that another takes the rest.
    const [line = alike[0]] = alike.filter(
      (each) => each.quantity === product.quantity && priceDiffers(product, each).length === 0,
    );
    if (line !== undefined) left.splice(left.indexOf(line), 1);
    return line;
  });
}

function sameProduct(wanted: BigcommerceProduct, there: ProductThere): boolean {
  if (wanted.product_id === undefined) {
    const names = [wanted.name, wanted.name_customer, wanted.name_merchant];
    const name = names.find((each) => each !== undefined);
    const shown = [there.name, there.name_customer, there.name_merchant];
    return there.product_id === '0' && shown.some((each) => sameText(each, name)) && bothSay(wanted.sku, there.sku);
  }
  if (there.product_id !== String(wanted.product_id)) return false;
  if (wanted.variant_id !== undefined && there.variant_id !== String(wanted.variant_id)) return false;
  return (wanted.product_options ?? []).every(({ id, value }) => {
    const option = there.product_options.find(({ product_option_id }) => product_option_id === String(id));
    return option === undefined || sameText(option.value, value);
  });
}

/** Compared as far as both say something. */
const bothSay = (wanted: string | undefined, there: string): boolean =>
  plain(wanted) === '' || plain(there) === '' || sameText(wanted, there);

function priceDiffers(wanted: BigcommerceProduct, there: ProductThere): string[] {
  return (['price_ex_tax', 'price_inc_tax'] as const).filter((name) => {
    const price = wanted[name];
    return price !== undefined && !sameAmount(price, there[name]);
  });
}

/** The fields in which an order differs from the wanted one, by their names in the input. No values: they may be personal. */
export function differences(
  wanted: BigcommerceContent,
  order: OrderThere,
  products: readonly ProductThere[],
): string[] {
  // A line that was taken out may stay visible with nothing in it.
  const lines = products.filter(({ quantity }) => quantity > 0);
  const found = matched(wanted.products, lines);
  const ofLines = wanted.products.flatMap((product, index) => {
    const line = found[index];
    const at = `order.products[${index}]`;
    if (line === undefined) return [at];
    const quantity = line.quantity === product.quantity ? [] : [`${at}.quantity`];
    return [...quantity, ...priceDiffers(product, line).map((name) => `${at}.${name}`)];
  });
  return [
    ...ofLines,
    ...(lines.length > wanted.products.length ? ['order.products'] : []),
    ...(wanted.customer_id === undefined || wanted.customer_id === order.customer_id ? [] : ['order.customer_id']),
    ...addressDiffers(wanted.billing_address, order.billing_address ?? undefined),
  ];
}

const COMPARED = ['first_name', 'last_name', 'company', 'street_1', 'street_2', 'city', 'zip', 'email'] as const;

/** States and countries are completed by BigCommerce. */
function addressDiffers(wanted: BigcommerceContent['billing_address'], there: AddressThere | undefined): string[] {
  if (there === undefined) return [];
  return COMPARED.filter((name) => !sameText(wanted[name], there[name])).map((name) => `order.billing_address.${name}`);
}
