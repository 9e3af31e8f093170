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

/** What derives from the master secret: keys, and what webhooks are signed with. */
const KEYS = 'lib/actions/derived-keys.ts'
const SIGNING = 'lib/webhooks/secret.ts'

/** What changes objects: every commit of seats runs in rounds, and hold tokens are issued on their own. */
const SEAT_CHANGES = ['lib/actions/commit-in-rounds.ts', 'lib/actions/create-hold-token.ts']

/** Workers are few, and no two do the same. */
const workerClasses: Readonly<Record<string, AccessClass>> = {
  'relay-changes': 'relay',
  'expire-holds': 'expire',
  'deliver-webhook': 'deliver',
  'reconcile-webhooks': 'reconcile',
  'watch-table': 'watch',
  'recover-operations': 'recover',
}

/** What an endpoint needs, from what its bundle holds. */
export function needsOfEndpoint(
  { endpoint }: Pick<CatalogEntry, 'endpoint'>,
  inputs: readonly string[],
): Needs {
  const accessClass = classOf(endpoint.method, inputs)
  return { accessClass, table: accessClass !== 'answer', ...opens(inputs) }
}

function opens(inputs: readonly string[]): Pick<Needs, 'bus' | 'masterSecret'> {
  const masterSecret = [KEYS, SIGNING].some((file) => inputs.includes(file))
  return { bus: inputs.includes(BUS), masterSecret }
}

function classOf(method: string, inputs: readonly string[]): AccessClass {
  if (method === 'ANY') return 'answer'
  if (inputs.includes(KEYS)) return 'manage-company'
  if (inputs.includes(SIGNING) || inputs.includes(BUS)) return 'manage-webhooks'
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
  return { accessClass, table: true, ...opens(inputs) }
}
