import { RECONCILE_SECONDS, reconcileWebhooks } from '../../lib/afterwards/reconcile-webhooks.ts'
import type { Bus } from '../../lib/bus/bus.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'
import { MINUTE_SECONDS, SECOND_MS } from '../../lib/limits/durations.ts'
import { WORKER_SECONDS } from '../../lib/limits/worker-times.ts'

/** How often it runs: a request that ended half done leaves a rule that differs from its record until then. */
export const trigger = { kind: 'timer', everySeconds: RECONCILE_SECONDS } as const

/**
 * Milliseconds after which a call begins nothing further: what is under way then has a minute until its time ends, in which every
 * request may be answered slowly and sent four times.
 */
const BUDGET_MS = (WORKER_SECONDS.seldomTimer - MINUTE_SECONDS) * SECOND_MS

/**
 * Makes the rules on the bus what the records of webhooks say, and tells in the log what differed, and how many rules it left to the
 * next call for want of time. What failed stops nothing else, and then the call fails.
 */
export async function reconcile(runtime: Runtime, bus: Bus): Promise<void> {
  const { store, clock, log, measure } = runtime
  const reconciled = await reconcileWebhooks({ store, bus, clock }, { budgetMs: BUDGET_MS })
  const { found, mended, rules, left, failures } = reconciled
  measure({ WebhookRules: rules, WebhookRulesLeft: left })
  const untold = {
    ...(left > 0 && { left }),
    ...(failures.length > 0 && { failed: failures.length }),
  }
  if (found.length > 0 || left > 0) {
    log({ level: 'warn', worker: 'reconcile-webhooks', found, mended, ...untold })
  }
  if (failures.length > 0) throw failures[0]
}

/** The Lambda function behind the timer. */
export const handler = () => reconcile(openRuntime(), openBusFromEnvironment())
