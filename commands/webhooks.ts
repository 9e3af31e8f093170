import { reconcileWebhooks, type DriftKind } from '../lib/afterwards/reconcile-webhooks.ts'
import { systemClock, toIso } from '../lib/clock.ts'
import { openBusFromEnvironment } from '../lib/open-bus.ts'
import { openRuntime } from '../lib/open.ts'
import type { Store } from '../lib/store/table/store.ts'
import { getHealth } from '../lib/store/webhooks/endpoint-health.ts'
import { listAllWebhooks } from '../lib/store/webhooks/webhook-endpoints.ts'
import { OptionsError } from '../local/options.ts'
import { inWords } from '../local/plain-words.ts'
import { findProduct } from '../local/running-product.ts'
import { readWebhooksOptions, usage } from './webhooks-options.ts'

// `npm run webhooks`: compares the rules on the event bus with the records of webhooks, and tells which receivers fail.

async function main(): Promise<void> {
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  try {
    const command = readWebhooksOptions(process.argv.slice(2), process.env)
    if (command === 'help') {
      process.stdout.write(usage)
      return
    }
    if (command.port !== undefined) await useProduct(command.port)
    const lines = await run(command)
    process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${describe(error)}\n`)
  }
}

/** What its functions find in the environment. */
async function useProduct(port: number): Promise<void> {
  const product = await findProduct(port)
  if (product === undefined) {
    throw new OptionsError(
      `No Holdfast of yours runs on port ${port}: run npm start, or name another with --port`,
    )
  }
  Object.assign(process.env, product.environment, { HOLDFAST_TABLE: product.tableName })
}

const words = {
  missing: 'has no rule',
  stale: 'has a rule for other notices or another queue',
  'disabled-wrongly': 'is enabled, its rule is not',
  'enabled-wrongly': 'is disabled, its rule is not',
  orphaned: 'has a rule and no record',
} as const satisfies Record<DriftKind, string>

async function run({ isDryRun }: { isDryRun: boolean }): Promise<string[]> {
  const { store } = openRuntime()
  const sleep = (milliseconds: number) => {
    if (milliseconds > 1_000) {
      process.stderr.write(`Waiting ${milliseconds / 1000} s for changes that may be under way\n`)
    }
    return systemClock.sleep(milliseconds)
  }
  const clock = { now: () => systemClock.now(), sleep }
  const reconciliation = { store, bus: openBusFromEnvironment(), clock }
  const { found, mended, failures } = await reconcileWebhooks(reconciliation, { isDryRun })
  if (failures.length > 0) throw failures[0]
  const failing = await tellFailing(store)
  if (found.length === 0) return ['Every rule is what its webhook says.', ...failing]
  const told = new Set(mended.map(({ endpointId }) => endpointId))
  const lines = found.map(({ endpointId, kind }) => {
    const outcome = told.has(endpointId) ? 'mended' : 'left as it is'
    return [endpointId, words[kind], ...(isDryRun ? [] : [outcome])].join('  ')
  })
  return [...lines, ...failing]
}

/** A line for each webhook whose notices wait for its receiver. */
async function tellFailing(store: Store): Promise<string[]> {
  const endpoints = await listAllWebhooks(store)
  const told = endpoints.map(async ({ endpointId }) => {
    const { probeAt } = (await getHealth(store, endpointId)) ?? {}
    return probeAt === undefined
      ? []
      : [`${endpointId}  fails: its notices wait, and one is tried at ${toIso(probeAt)}`]
  })
  return (await Promise.all(told)).flat()
}

function describe(error: unknown): string {
  const message = inWords(error)
  if (error instanceof OptionsError) return message
  return `The rules could not be compared with the records: ${message}`
}

await main()
