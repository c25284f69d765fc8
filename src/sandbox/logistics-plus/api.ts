import { isJson, type RestApi } from '../rest-api.js';
import { failure, logisticsPlusRefusals, Refused, refused } from './envelope.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import type { ApiRequest } from './route.js';
import type { Tenant } from './tenant.js';

export const logisticsPlusApi: RestApi<Tenant, ApiRequest> = {
  roots: ['/warehouse/v1'],
  routes: apiRoutes.map((route) => ({
    ...route,
    handle(asked) {
      // The documentation asks for the header; what its absence gets is not said.
      if (route.method !== 'GET' && !isJson(asked.headers))
        throw refused(400, 'Content-Type has to be application/json');
      return route.handle(asked);
    },
  })),
  refusals: logisticsPlusRefusals,
  admit,
  asked(tenant, request) {
    const organization = tenant.keys.identify(request.headers)?.organization ?? '';
    return { ...request, tenant, organization };
  },
  /** The singular path of the running text among them. */
  unknown() {
    throw refused(404, 'There is no such resource');
  },
  refusal: (error) => (error instanceof Refused ? failure(error.status, error.problems) : undefined),
};
