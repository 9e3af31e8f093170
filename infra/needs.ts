import type { CatalogEntry, CatalogWorker } from '../lib/http/catalog.ts'
import type { AccessClass } from './grants.ts'

/** What a function needs of its surroundings: told by what its bundle holds, so that nothing is registered by hand. */
export interface Needs {
  readonly accessClass: AccessClass
  /** The names of bus and queues. */
  readonly bus: boolean
  /** The master secret: it derives keys, or signs. */
  readonly masterSecret: boolean
  /** Whether it works with the table at all. */
  readonly table: boolean
}

/** Opens the bus; only what speaks to it holds it. */
const BUS = 'lib/open-bus.ts'

/** What derives from the master secret. */
const DERIVING = ['lib/actions/derived-keys.ts']

/** What changes objects: every commit of seats runs in rounds, and hold tokens are issued on their own. */
const SEAT_CHANGES = ['lib/actions/commit-in-rounds.ts', 'lib/actions/create-hold-token.ts']

/** Workers are few, and no two do the same. */
const workerClasses: Readonly<Record<string, AccessClass>> = {
  'watch-table': 'watch',
  'recover-operations': 'recover',
}

/** What an endpoint needs, from what its bundle holds. */
export function needsOfEndpoint(
  { endpoint }: Pick<CatalogEntry, 'endpoint'>,
  inputs: readonly string[],
): Needs {
  const masterSecret = DERIVING.some((file) => inputs.includes(file))
  const accessClass = classOf(endpoint.method, masterSecret, inputs)
  return {
    accessClass,
    bus: inputs.includes(BUS),
    masterSecret,
    table: accessClass !== 'answer',
  }
}

function classOf(method: string, masterSecret: boolean, inputs: readonly string[]): AccessClass {
  if (method === 'ANY') return 'answer'
  if (masterSecret) return 'manage-company'
  if (method === 'GET') return 'read'
  return SEAT_CHANGES.some((file) => inputs.includes(file)) ? 'change-seats' : 'administer'
}

/** What a worker needs; refuses one that nobody decided on. */
export function needsOfWorker(
  { name, file }: Pick<CatalogWorker, 'name' | 'file'>,
  inputs: readonly string[],
): Needs {
  const accessClass = workerClasses[name]
  if (accessClass === undefined) {
    throw new Error(`${file} has no role yet: give it one in infra/needs.ts and infra/grants.ts.`)
  }
  const masterSecret = DERIVING.some((it) => inputs.includes(it))
  return { accessClass, bus: inputs.includes(BUS), masterSecret, table: true }
}
