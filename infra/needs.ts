import type { CatalogEntry, CatalogWorker } from '../lib/http/catalog.ts'
import type { SecretRoot } from '../lib/secrets.ts'
import type { AccessClass } from './grants.ts'

/** What a function needs of its surroundings: told by what its bundle holds, so that nothing is registered by hand. */
export interface Needs {
  readonly accessClass: AccessClass
  /** The names of bus and queues. */
  readonly bus: boolean
  /** The root of what it derives: keys, or the secrets of webhooks. */
  readonly secret: SecretRoot | undefined
  /** Whether it looks up a key first, and so may be ready for it: the table is read once while it starts. */
  readonly warmsTable: boolean
}

/** Opens the bus; only what speaks to it holds it. */
const BUS = 'lib/open-bus.ts'

/** What derives: keys, and what webhooks are signed with. */
const KEYS = 'lib/actions/companies/derived-keys.ts'
const SIGNING = 'lib/webhooks/secret.ts'

/** What changes objects: every commit of seats runs in rounds, and hold tokens are issued on their own. */
const SEAT_CHANGES = [
  'lib/actions/seats/commit-in-rounds.ts',
  'lib/actions/seats/create-hold-token.ts',
]

/** What looks at a whole event before it changes some objects of it. */
const CHOICES = 'lib/actions/seats/best/best-available.ts'

/** What reads rows or hold tokens, and so may meet a lock to end. */
const SEAT_READS = [
  'lib/actions/seats/read-status.ts',
  'lib/actions/seats/read-hall.ts',
  'lib/actions/reports/usage.ts',
  'lib/actions/seats/read-objects.ts',
  'lib/actions/seats/read-log.ts',
  'lib/actions/seats/hold-token.ts',
]

/** What reads an event for everybody who polls it. */
const SNAPSHOTS = 'lib/actions/snapshots/read-snapshot.ts'

/** What changes workspaces without looking at their keys. */
const COMPANY_CHANGES = 'lib/actions/companies/change-workspace.ts'

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
  return { accessClass, warmsTable: accessClass !== 'answer', ...opens(inputs) }
}

function opens(inputs: readonly string[]): Pick<Needs, 'bus' | 'secret'> {
  const bus = inputs.includes(BUS)
  if (inputs.includes(KEYS)) return { bus, secret: 'keys' }
  return { bus, secret: inputs.includes(SIGNING) ? 'webhooks' : undefined }
}

function classOf(method: string, inputs: readonly string[]): AccessClass {
  const hasAny = (files: readonly string[]) => files.some((file) => inputs.includes(file))
  if (method === 'ANY') return 'answer'
  if (inputs.includes(KEYS)) return method === 'GET' ? 'read-keys' : 'manage-keys'
  if (inputs.includes(COMPANY_CHANGES)) return 'manage-company'
  if (inputs.includes(SIGNING)) return 'manage-webhook-secrets'
  if (inputs.includes(BUS)) return 'manage-webhooks'
  if (inputs.includes(CHOICES)) return 'choose-seats'
  if (inputs.includes(SNAPSHOTS)) return 'read-snapshots'
  if (method === 'GET') return hasAny(SEAT_READS) ? 'read-seats' : 'read'
  return hasAny(SEAT_CHANGES) ? 'change-seats' : 'administer'
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
  return { accessClass, warmsTable: false, ...opens(inputs) }
}
