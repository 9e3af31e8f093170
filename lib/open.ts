import type { Bus } from './bus/bus.ts'
import { systemClock, type Clock } from './clock.ts'
import { defined } from './defined.ts'
import type { Intake } from './patience.ts'
import type { KeyCache } from './http/key-cache.ts'
import { secureIds, type Ids } from './ids.ts'
import { addressSourceFrom, type AddressSource } from './network.ts'
import { keepMade, type MadeOnce } from './made-once.ts'
import { withMetrics, type Measured } from './metrics.ts'
import { requestLimitsFrom, type RequestCounts, type RequestLimits } from './request-limits.ts'
import { deriveSecret, rootOf, type RootSecrets, type SecretName } from './secrets.ts'
import { backOff, openPort, type Port } from './store/table/port.ts'
import { tableRequests } from './store/wire/request-handler.ts'
import { openStore, type Store } from './store/table/store.ts'
import { webhookPolicyFrom, type WebhookPolicy } from './webhooks/policy.ts'
import { CLIENT_MS_MAX } from './limits/worker-times.ts'

/** What one process shares among its requests. */
export interface Runtime {
  readonly clock: Clock
  readonly ids: Ids
  readonly store: Store
  readonly keyCache: KeyCache
  /** What is let in of requests on events for which the store has no room. */
  readonly intake: Intake
  /** Pictures of drawings. */
  readonly pictures: MadeOnce
  readonly backOff: (attempt: number) => Promise<void>
  /** Derives a secret that can be shown again; throws where its root is not configured. */
  readonly deriveSecret: (name: SecretName) => string
  /** The bus to use instead of the one that the environment names. */
  readonly openBus?: () => Bus
  /** What webhooks may be, and how many. */
  readonly webhooks: WebhookPolicy
  /** What the operator of the system presents; undefined where nobody may act as that. */
  readonly systemSecret: string | undefined
  /** Which installation this is; only a deployed one has a stage, and tells of each request in its log. */
  readonly stage: string | undefined
  /** Origins whose pages may call; all may where it is undefined. */
  readonly corsOrigins: readonly string[] | undefined
  /** Whether a cache that tells API keys apart stands in front, for all who ask with the same key. */
  readonly hasSharedCache: boolean
  /** Where requests tell from which address they came; API Gateway tells it where this is undefined. */
  readonly addressSource: AddressSource | undefined
  /** How many changes publishable keys may ask for. */
  readonly requestLimits: RequestLimits
  readonly requestCounts: RequestCounts
  /** Whether the table has room for whatever comes. */
  readonly neverThrottles: boolean
  /** Writes one line; never hand it keys, tokens or bodies. */
  readonly log: (line: Record<string, unknown>) => void
  /** Counts for CloudWatch what no request's line tells; where nothing is deployed, nothing. */
  readonly measure: (measured: Measured) => void
}

/** Sockets to the store: one for each request that a busy process has under way. */
const SOCKETS_MAX = 256

/**
 * Pictures have a few kilobytes, so some thousands are kept. Each is drawn without a pause and may take a second, while
 * everybody else of this process waits: two at a time, so that drawings are not all in memory at once.
 */
const PICTURES = { bytesMax: 16 * 1024 * 1024, atOnceMax: 2, waitingMax: 20 }

let opened: Runtime | undefined

/**
 * The runtime of this process, from its environment and what was fetched for it; opened once. Throws when a variable is missing,
 * by its name.
 */
export function openRuntime(fetched: RootSecrets = {}): Runtime {
  if (opened !== undefined) return opened
  const options = optionsFromEnvironment()
  opened = runtimeOver(portFromEnvironment(), {
    ...options,
    roots: { ...options.roots, ...fetched },
  })
  return opened
}

/** Has all handlers of this process work with that runtime: where many run in one, none needs a socket to the store. */
export function shareRuntime(runtime: Runtime): void {
  opened = runtime
}

/** Stage in which nobody may act as the operator over HTTP, whatever else is configured. */
const PRODUCTION = 'production'

/** What this process's environment says beyond the table. */
export function optionsFromEnvironment(): RuntimeOptions {
  const { HOLDFAST_STAGE: stage, HOLDFAST_CORS_ORIGINS: origins } = process.env
  const isProduction = stage === PRODUCTION
  return {
    ...defined({
      stage,
      corsOrigins: origins?.split(' '),
      addressSource: addressSourceFrom(process.env),
    }),
    roots: {
      keys: process.env[rootVariables.keys] ?? '',
      webhooks: process.env[rootVariables.webhooks] ?? '',
    },
    systemSecret: isProduction ? undefined : process.env['HOLDFAST_SYSTEM_SECRET'],
    webhooks: webhookPolicyFrom(process.env),
    requestLimits: requestLimitsFrom(process.env),
    hasSharedCache: process.env['HOLDFAST_SHARED_CACHE'] === 'true',
  }
}

/** The variables that hold the roots of secrets where nothing is deployed. */
export const rootVariables = {
  keys: 'HOLDFAST_MASTER_SECRET',
  webhooks: 'HOLDFAST_SIGNING_SECRET',
} as const satisfies Record<keyof RootSecrets, string>

/** What a runtime may be given besides its table. */
export interface RuntimeOptions {
  readonly roots?: RootSecrets
  /** What the operator presents; an empty one is none. */
  readonly systemSecret?: string | undefined
  readonly openBus?: () => Bus
  readonly webhooks?: Partial<WebhookPolicy>
  readonly stage?: string
  /** The table has room for whatever comes, as one in this process has: no request must be patient with it. */
  readonly neverThrottles?: boolean
  readonly corsOrigins?: readonly string[]
  readonly hasSharedCache?: boolean
  readonly addressSource?: AddressSource
  readonly requestLimits?: RequestLimits
}

/** A runtime over a given table. */
export function runtimeOver(port: Port, options: RuntimeOptions = {}): Runtime {
  const { roots = {}, systemSecret, openBus } = options
  return {
    stage: options.stage,
    neverThrottles: options.neverThrottles ?? false,
    corsOrigins: options.corsOrigins,
    hasSharedCache: options.hasSharedCache ?? false,
    addressSource: options.addressSource,
    requestLimits: options.requestLimits ?? {},
    requestCounts: new Map(),
    ...defined({ openBus }),
    webhooks: { ...webhookPolicyFrom({}), ...options.webhooks },
    deriveSecret: (name) => {
      const { [rootOf(name)]: root = '' } = roots
      if (root === '')
        throw new Error(`Missing environment variable ${rootVariables[rootOf(name)]}`)
      return deriveSecret(root, name)
    },
    systemSecret: systemSecret === '' ? undefined : systemSecret,
    clock: port.clock,
    ids: port.ids,
    store: openStore(port),
    keyCache: new Map(),
    intake: new Map(),
    pictures: keepMade(PICTURES),
    backOff: (attempt) => backOff(port, attempt),
    log: port.log,
    measure: (measured) => {
      const { stage } = options
      if (stage === undefined || Object.values(measured).every((value) => value === 0)) return
      const time = port.clock.now()
      port.log(withMetrics({ level: 'info', message: 'measured' }, measured, { stage, time }))
    },
  }
}

function portFromEnvironment(): Port {
  return openPort({
    tableName: required('HOLDFAST_TABLE'),
    client: {
      requestHandler: tableRequests({
        connectMs: CLIENT_MS_MAX.connect,
        answerMs: CLIENT_MS_MAX.answer,
        socketsMax: SOCKETS_MAX,
      }),
    },
    clock: systemClock,
    ids: secureIds(systemClock),
    log: writeLine,
  })
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`Missing environment variable ${name}`)
  return value
}

function writeLine(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
