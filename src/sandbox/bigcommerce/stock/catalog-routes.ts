import { isOneOf, numbersIn, textIn, v3Answer, v3List, valuesIn } from '../query.js';
import { notFound } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn } from '../route.js';
import { needs } from '../scopes.js';
import type { Product } from './catalog.js';
import { productView, variantView } from './catalog-view.js';

export const catalogRoutes: readonly ApiRoute[] = [
  {
    operation: 'catalogVariants.list',
    method: 'GET',
    path: '/catalog/variants',
    scopes: needs.readProducts,
    handle: ({ store, query }) => {
      const [ids, skus, products] = [numbersIn(query, 'id'), valuesIn(query, 'sku'), numbersIn(query, 'product_id')];
      const found = store.catalog.variants.filter(
        ({ id, sku, product }) => isOneOf(id, ids) && isOneOf(sku, skus) && isOneOf(product.id, products),
      );
      return v3List(found, query, (variant) => variantView(store, variant));
    },
  },
  {
    operation: 'catalogProducts.list',
    method: 'GET',
    path: '/catalog/products',
    scopes: needs.readProducts,
    handle: ({ store, query }) => {
      const [ids, skus, name] = [numbersIn(query, 'id'), valuesIn(query, 'sku'), textIn(query, 'name')];
      const found = store.catalog.products.filter(
        (product) =>
          isOneOf(product.id, ids) &&
          // Of the product itself, and not of its variants.
          (skus === undefined || (product.option === null && product.variants.some(({ sku }) => skus.includes(sku)))) &&
          (name === undefined || product.name === name),
      );
      const withVariants = textIn(query, 'include')?.split(',').includes('variants') === true;
      return v3List(found, query, (product) => productView(store, product, withVariants));
    },
  },
  {
    operation: 'catalogProducts.get',
    method: 'GET',
    path: '/catalog/products/:productId',
    scopes: needs.readProducts,
    handle: (request) => {
      const withVariants = textIn(request.query, 'include')?.split(',').includes('variants') === true;
      return v3Answer(200, productView(request.store, productOf(request), withVariants));
    },
  },
  {
    operation: 'productVariants.list',
    method: 'GET',
    path: '/catalog/products/:productId/variants',
    scopes: needs.readProducts,
    handle: (request) => {
      const { store, query } = request;
      return v3List(store.catalog.variantsOf(productOf(request)), query, (variant) => variantView(store, variant));
    },
  },
];

function productOf(request: ApiRequest): Product {
  const product = request.store.catalog.product(idIn(request, 'productId'));
  if (product === undefined) throw notFound();
  return product;
}
