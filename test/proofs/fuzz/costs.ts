import { readCatalog } from '../../../lib/http/catalog.ts'
import type { Endpoint } from '../../../lib/http/endpoint.ts'
import { parse } from '../../../lib/http/parse.ts'
import { instant } from '../../../lib/clock.ts'
import { toProxyEvent } from '../../../local/http/api-gateway.ts'
import { createRouter } from '../../../local/http/router.ts'
import { hostileBodies } from '../../support/hostile-bodies.ts'
import type { Attempt } from './attempt.ts'
import { BODY_BYTES_MAX } from '../../../lib/limits/limits.ts'

/** How much more reading a request may cost than parsing the text of its body alone. */
const RATIO_MAX = 40

/** Smaller bodies cost too little to be measured. */
const BYTES_MIN = 64 * 1024

/** What else may have happened in the meantime: the least of so many measurements counts. */
const MEASUREMENTS = 3

const { endpoints } = await readCatalog()
const byRoute = new Map(
  endpoints.map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint]),
)
const route = createRouter(
  endpoints.map(({ endpoint: { method, path, surface }, handler }) => ({
    method,
    path,
    handler,
    takesDoubleSlashes: surface.reading === 'lenient',
  })),
)

/** Whether reading a request cost more than its budget, which is a multiple of what parsing its body costs. */
export function costFaults(attempt: Pick<Attempt, 'method' | 'target' | 'body'>): string[] {
  const [path = ''] = attempt.target.split('?')
  const match = route(attempt.method, path)
  const endpoint = match && byRoute.get(`${match.route.method} ${match.route.path}`)
  return endpoint === undefined ? [] : costFaultsOf(endpoint, attempt)
}

/** The same, of a given endpoint. */
export function costFaultsOf(
  endpoint: Endpoint,
  { method, target, body }: Pick<Attempt, 'method' | 'target' | 'body'>,
): string[] {
  if (body === undefined || body.length < BYTES_MIN) return []
  const [path = '', query = ''] = target.split('?')
  const { handler } = endpoints[0] ?? {}
  if (handler === undefined) throw new Error('Bug: no endpoints')
  const match = { route: { method, path: endpoint.path, handler }, parameters: new Map() }
  const rest = { protocol: 'HTTP/1.1', rawHeaders: [], sourceIp: '', requestId: 'cost' }
  const event = toProxyEvent({ method, path, query, body, time: instant(0), ...rest }, match)
  let least = Infinity
  for (let measurement = 0; measurement < MEASUREMENTS; measurement += 1) {
    const cost = millisecondsOf(() => parse(endpoint, event))
    least = Math.min(least, cost / parsingMs(body))
    if (least <= RATIO_MAX) return []
  }
  return [`reading the body cost ${Math.round(least)} times its parsing, ${RATIO_MAX} allowed`]
}

/** What parsing a body costs on the average here, in milliseconds; less is not asked of any. */
let usualMs: number | undefined

function parsingMs(body: Buffer): number {
  usualMs ??= averageMs()
  return Math.max(
    usualMs,
    millisecondsOf(() => parseText(body)),
  )
}

function averageMs(): number {
  const hostile = Object.values(hostileBodies(BODY_BYTES_MAX - 1_000)).map((it) => Buffer.from(it))
  return millisecondsOf(() => hostile.map(parseText)) / hostile.length
}

function parseText(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

function millisecondsOf(run: () => unknown): number {
  const used = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1000
}
