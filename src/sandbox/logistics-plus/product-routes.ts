import { z } from 'zod';
import { given } from '../members.js';
import type { Product } from './catalog.js';
import { refused, success } from './envelope.js';
import { queryValue } from './names.js';
import { parseBody } from './order-rules.js';
import type { ApiRequest, ApiRoute } from './route.js';

const longestCode = 35;

/** What a PATCH may change: neither the code nor the attributes. */
const changeSchema = z.object({
  productDescription: z.string().min(1).optional(),
  productUnit: z.string().min(1).optional(),
  unitPrice: z.string().optional(),
  unitPriceCurrency: z.string().optional(),
  dimHeight: z.number().optional(),
  dimWidth: z.number().optional(),
  dimDepth: z.number().optional(),
  dimUnit: z.string().optional(),
  weightPerProduct: z.number().optional(),
  weightPerProductUnit: z.string().optional(),
  clientProductCode: z.string().optional(),
  clientProductDescription: z.string().optional(),
  clientProductUnit: z.string().optional(),
});

const attributeSchema = z.object({
  key: z.string().min(1),
  requiredForWarehouseRelease: z.boolean().optional(),
  requiredForRfConfirmation: z.boolean().optional(),
});

const productSchema = changeSchema
  .extend({
    productCode: z.string().min(1).max(longestCode),
    productDescription: z.string().min(1),
    productUnit: z.string().min(1),
    pickMode: z.enum(['ANE', 'ASP']).optional(),
    productAttributes: z.array(attributeSchema).optional(),
  })
  .refine(({ pickMode, productAttributes = [] }) => pickMode !== 'ANE' || productAttributes.some(isSerial), {
    message: 'ANE needs the attribute of the serial number',
    path: ['productAttributes'],
  });

export const productRoutes: readonly ApiRoute[] = [
  {
    operation: 'products.getId',
    method: 'GET',
    path: '/products/actions/get-id/:productCode',
    handle: ({ tenant: { catalog, settings }, params: { productCode = '' } }) => {
      const product = catalog.byCode(productCode);
      if (product !== undefined) return success({ id: product.id, pickMode: product.pickMode }, 'uuid');
      if (settings.unknownProduct === 'empty') return success({}, 'uuid');
      throw refused(404, `There is no product ${productCode}`);
    },
  },
  {
    operation: 'products.list',
    method: 'GET',
    path: '/products',
    handle: ({ tenant: { catalog }, query }) => {
      const code = queryValue(query, 'productcode');
      const found = [...catalog.all()].filter(({ productCode }) => code === null || productCode === code);
      return success({ products: found.map(productView) }, 'uuid');
    },
  },
  {
    operation: 'products.get',
    method: 'GET',
    path: '/products/:id',
    handle: (request) => success(productView(productOf(request)), 'uuid'),
  },
  {
    operation: 'products.create',
    method: 'POST',
    path: '/products',
    handle: ({ tenant: { catalog, clock }, body }) => {
      const { productCode, productDescription, ...rest } = parseBody(productSchema, body);
      if (catalog.byCode(productCode) !== undefined) {
        throw refused(400, `There is a product ${productCode} already`, '/productCode');
      }
      return success(
        productView(catalog.add({ productCode, productDescription, ...given(rest) }, clock.now())),
        'uuid',
      );
    },
  },
  {
    operation: 'products.update',
    method: 'PATCH',
    path: '/products/:id',
    handle: (request) => {
      const product = productOf(request);
      Object.assign(product, given(parseBody(changeSchema, request.body)));
      return success(productView(product), 'uuid');
    },
  },
];

function isSerial({ key }: { key: string }): boolean {
  return key.toLowerCase().includes('serial');
}

function productOf({ tenant, params: { id = '' } }: ApiRequest): Product {
  const product = tenant.catalog.get(id);
  if (product === undefined) throw refused(404, `There is no product ${id}`);
  return product;
}

function productView(product: Product): object {
  return { ...product, customFields: [] };
}
