import type { Catalog } from '../lib/http/catalog.ts'
import { isForBrowsers, preflight } from '../lib/http/cors.ts'
import { handlerFor } from '../lib/http/lambda.ts'
import type { Runtime } from '../lib/open.ts'
import type { Route } from './router.ts'

/** The endpoints as routes over one runtime, and the preflights of those that browsers call. */
export function routesOver(runtime: Runtime, { endpoints }: Catalog): Route[] {
  return endpoints.flatMap(({ endpoint }) => {
    const { method, path } = endpoint
    const route = { method, path, handler: handlerFor(endpoint, () => runtime) }
    const question = { method: 'OPTIONS', path, handler: preflight(endpoint) }
    return isForBrowsers(endpoint) ? [route, question] : [route]
  })
}
