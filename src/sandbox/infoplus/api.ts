import type { RestApi } from '../rest-api.js';
import type { InfoplusOwnFault } from './faults.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { failure, infoplusRefusals, Refused, refused } from './refusals.js';
import type { ApiRequest } from './route.js';
import type { Site } from './site.js';

export const infoplusApi: RestApi<Site, ApiRequest, InfoplusOwnFault> = {
  /** `beta` moves without notice; what is imitated here is the same in both. */
  roots: ['/infoplus-wms/api/v3.0', '/infoplus-wms/api/beta'],
  routes: apiRoutes,
  refusals: infoplusRefusals,
  admit,
  asked: (site, request) => ({ ...request, site, user: site.keys.userOf(request.headers) ?? '' }),
  unknown() {
    throw refused(404, 'There is no such resource.');
  },
  refusal: (error) => (error instanceof Refused ? failure(error.status, error.problems) : undefined),
  spoil({ worked, message }, work) {
    if (worked) work();
    return { ...failure(400, [message]), status: 200 };
  },
};
