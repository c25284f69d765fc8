import { amountOf, integerOf, objectsOf, textOf } from '../fields.js';
import type { Ids } from '../ids.js';
import type { Members } from '../members.js';
import { decimal, exact, type TaxPair, taxOf } from '../money.js';
import { invalid, missing } from '../refusals.js';
import type { Fee } from './order.js';

/** All fees that the order is to have: with an id one that is there, without one more; what is not named goes. */
export function feesIn(members: Members, known: readonly Fee[], ids: Ids): Fee[] | undefined {
  return objectsOf(members, 'fees')?.map((fee) => {
    const id = integerOf(fee, 'id', 'fees.');
    const before = known.find((each) => each.id === id);
    if (id !== undefined && before === undefined) throw invalid('fees.id');
    return feeFrom(fee, before, ids);
  });
}

function feeFrom(members: Members, before: Fee | undefined, ids: Ids): Fee {
  const type = textOf(members, 'type', 255, 'fees.') ?? before?.type ?? 'custom_fee';
  if (type !== 'custom_fee') throw invalid('fees.type');
  const customer = textOf(members, 'display_name_customer', 255, 'fees.') ?? before?.nameCustomer;
  const merchant = textOf(members, 'display_name_merchant', 255, 'fees.') ?? before?.nameMerchant;
  const name = customer ?? merchant;
  if (name === undefined) throw missing('fees.display_name_customer');
  const taxClassId = members.tax_class_id === null ? null : integerOf(members, 'tax_class_id', 'fees.');
  return {
    id: before?.id ?? ids.next('fee'),
    ...{ type, nameCustomer: customer ?? name, nameMerchant: merchant ?? name },
    source: textOf(members, 'source', 255, 'fees.') ?? before?.source ?? '',
    cost: costIn(members) ?? before?.cost ?? refuse('fees.cost_inc_tax'),
    taxClassId: taxClassId === undefined ? (before?.taxClassId ?? null) : taxClassId,
  };
}

/** Two of the three tell the third. */
function costIn(members: Members): TaxPair | undefined {
  const exTax = amountOf(members, 'cost_ex_tax', 'fees.');
  const incTax = amountOf(members, 'cost_inc_tax', 'fees.');
  const tax = amountOf(members, 'cost_tax', 'fees.');
  const told = [exTax, incTax, tax].filter((each) => each !== undefined).length;
  if (told === 0) return undefined;
  if (told === 1) throw invalid('fees.cost_inc_tax');
  const pair = {
    exTax: exTax ?? exact((incTax ?? 0) - (tax ?? 0)),
    incTax: incTax ?? exact((exTax ?? 0) + (tax ?? 0)),
  };
  const fits = tax === undefined || exact(pair.incTax - pair.exTax) === tax;
  if (pair.exTax < 0 || pair.incTax < pair.exTax || !fits) throw invalid('fees.cost_tax');
  return pair;
}

export function feeView({ cost, ...fee }: Fee): object {
  return {
    id: fee.id,
    type: fee.type,
    display_name_customer: fee.nameCustomer,
    display_name_merchant: fee.nameMerchant,
    source: fee.source,
    base_cost: decimal(cost.exTax),
    cost_ex_tax: decimal(cost.exTax),
    cost_inc_tax: decimal(cost.incTax),
    cost_tax: decimal(taxOf(cost)),
    tax_class_id: fee.taxClassId,
  };
}

function refuse(field: string): never {
  throw invalid(field);
}
