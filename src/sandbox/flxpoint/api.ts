import { htmlPage } from '../answer.js';
import { isJson, type RestApi } from '../rest-api.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { failure, flxpointRefusals, Refused, refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import type { Tenant } from './tenant.js';

/** At the root of its host, without a version. */
export const flxpointApi: RestApi<Tenant, ApiRequest> = {
  roots: [''],
  routes: apiRoutes.map((route) => ({
    ...route,
    handle(asked) {
      expectKind(route, asked);
      expectJson(asked);
      return route.handle(asked);
    },
  })),
  refusals: flxpointRefusals,
  admit,
  asked(tenant, request) {
    const caller = tenant.tokens.identify(request.headers);
    if (caller === null) throw refused(401, 'The API token is not valid');
    return { ...request, tenant, caller };
  },
  /** Paths with a version among them. */
  unknown({ tenant }) {
    if (tenant.settings.loginPage) return htmlPage;
    throw refused(404, 'There is no such resource');
  },
  refusal: (error) => (error instanceof Refused ? failure(error.status, error.message) : undefined),
};

function expectKind({ tokens, wrongKind }: ApiRoute, { caller }: ApiRequest): void {
  if (tokens.includes(caller.kind)) return;
  throw refused(wrongKind ?? 401, `A token of the kind ${caller.kind} may not do this`);
}

/** The documentation asks for the header where there is a body; what its absence gets is not said. */
function expectJson({ headers, body }: ApiRequest): void {
  if (typeof body !== 'string' || body === '') return;
  if (!isJson(headers)) throw refused(400, 'Content-Type has to be application/json');
}
