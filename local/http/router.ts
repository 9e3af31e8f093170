import type { ApiHandler } from '../../lib/http/catalog.ts'
import type { Door } from '../../lib/http/lambda.ts'

/** One method of one path, as API Gateway writes it: `/events/{eventKey}`, `/{proxy+}`; the method may be `ANY`. */
export interface Route {
  readonly method: string
  readonly path: string
  readonly handler: ApiHandler
  /** Who is let in, and the words for who is not; without it everyone is, and the gateway's words are used. */
  readonly door?: Door
  /** Whether it does next to nothing and reads no body: it never waits behind what does more. */
  readonly isLight?: boolean
  /** Whether a run of slashes in a path counts as one. */
  readonly takesDoubleSlashes?: boolean
}

/** The route that answers a request, and what its variables matched, as sent. */
export interface RouteMatch {
  readonly route: Route
  readonly parameters: ReadonlyMap<string, string>
}

/** Finds the route for a method and an undecoded path. */
export type Router = (method: string, path: string) => RouteMatch | undefined

interface Resource {
  readonly literals: Map<string, Resource>
  readonly methods: Map<string, Route>
  variable?: { name: string; child: Resource }
  greedy?: { name: string; methods: Map<string, Route> }
}

/**
 * Builds API Gateway's resource tree. A literal segment beats a variable, a variable beats a greedy one, a method beats `ANY`;
 * a path without that method falls through to the nearest greedy route. Refuses two routes for one method and path.
 */
export function createRouter(routes: readonly Route[]): Router {
  const all = treeOf(routes)
  const tolerant = treeOf(routes.filter(({ takesDoubleSlashes }) => takesDoubleSlashes))
  return (method, path) => {
    const found = find(all, method, segmentsOf(path))
    if (!path.includes('//')) return found
    const meant = find(tolerant, method, segmentsOf(path.replace(/\/{2,}/g, '/')))
    return meant === undefined || isGreedy(meant) ? (found ?? meant) : meant
  }
}

function treeOf(routes: readonly Route[]): Resource {
  const root = newResource()
  for (const route of routes) addRoute(root, route)
  return root
}

function isGreedy({ route }: RouteMatch): boolean {
  return route.path.endsWith('+}')
}

function newResource(): Resource {
  return { literals: new Map(), methods: new Map() }
}

function addRoute(root: Resource, route: Route): void {
  let resource = root
  let methods = root.methods
  for (const segment of segmentsOf(route.path)) {
    const name = segment.replace(/^\{(\w+)\+?\}$/, '$1')
    if (segment.endsWith('+}')) methods = (resource.greedy ??= { name, methods: new Map() }).methods
    else {
      resource = name === segment ? literalChild(resource, name) : variableChild(resource, name)
      methods = resource.methods
    }
  }
  if (methods.has(route.method)) {
    throw new Error(`Two routes claim ${route.method} ${route.path}.`)
  }
  methods.set(route.method, route)
}

function literalChild(resource: Resource, segment: string): Resource {
  const child = resource.literals.get(segment) ?? newResource()
  resource.literals.set(segment, child)
  return child
}

function variableChild(resource: Resource, name: string): Resource {
  resource.variable ??= { name, child: newResource() }
  if (resource.variable.name !== name) {
    throw new Error(
      `The path variables {${resource.variable.name}} and {${name}} share a position.`,
    )
  }
  return resource.variable.child
}

/** Goes no deeper than the longest registered path, however long the path that was sent. */
function find(
  resource: Resource,
  method: string,
  segments: readonly string[],
): RouteMatch | undefined {
  const [segment, ...rest] = segments
  if (segment === undefined) {
    const route = ofMethod(resource.methods, method)
    if (route) return { route, parameters: new Map() }
  } else {
    const literal = resource.literals.get(segment)
    const found = literal && find(literal, method, rest)
    if (found) return found
  }
  return findVariable(resource, method, segments) ?? findGreedy(resource, method, segments)
}

function findVariable(
  { variable }: Resource,
  method: string,
  segments: readonly string[],
): RouteMatch | undefined {
  const [segment, ...rest] = segments
  if (!variable || !segment) return undefined
  const found = find(variable.child, method, rest)
  if (!found) return undefined
  return { ...found, parameters: new Map([[variable.name, segment], ...found.parameters]) }
}

function findGreedy(
  { greedy }: Resource,
  method: string,
  segments: readonly string[],
): RouteMatch | undefined {
  const route = greedy && ofMethod(greedy.methods, method)
  if (!route) return undefined
  const remainder = segments.join('/')
  return { route, parameters: new Map(remainder === '' ? [] : [[greedy.name, remainder]]) }
}

function ofMethod(methods: ReadonlyMap<string, Route>, method: string): Route | undefined {
  // What is there to be read can be asked for without its body.
  const read = method === 'HEAD' ? methods.get('GET') : undefined
  return methods.get(method) ?? read ?? methods.get('ANY')
}

function segmentsOf(path: string): string[] {
  return path === '/' ? [] : path.split('/').slice(1)
}
