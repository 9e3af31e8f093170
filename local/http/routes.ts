import type { Catalog } from '../../lib/http/catalog.ts'
import { isForBrowsers, preflight } from '../../lib/http/cors.ts'
import { atEachPath } from '../../lib/http/endpoint.ts'
import { doorOf, handlerFor } from '../../lib/http/lambda.ts'
import type { Runtime } from '../../lib/open.ts'
import type { Route } from './router.ts'

/** The endpoints as routes over one runtime, and the preflights of the paths that browsers call. */
export function routesOver(runtime: Runtime, { endpoints }: Catalog): Route[] {
  const questions = new Map<string, Route>()
  const routes = atEachPath(endpoints).map(({ endpoint }) => {
    const { method, path, surface } = endpoint
    const takesDoubleSlashes = surface.reading === 'lenient'
    if (isForBrowsers(endpoint)) {
      const handler = preflight(endpoint)
      questions.set(path, { method: 'OPTIONS', path, handler, isLight: true, takesDoubleSlashes })
    }
    const handler = handlerFor(endpoint, () => runtime)
    const door = doorOf(endpoint, () => runtime)
    const isLight = endpoint.access === 'anyone'
    return { method, path, handler, door, isLight, takesDoubleSlashes }
  })
  return [...routes, ...questions.values()]
}
