import { reconcileWebhooks } from '../../lib/afterwards/reconcile-webhooks.ts'
import type { Bus } from '../../lib/bus/bus.ts'
import { openBusFromEnvironment } from '../../lib/open-bus.ts'
import { openRuntime, type Runtime } from '../../lib/open.ts'

/** How often it runs: a request that ended half done leaves a rule that differs from its record until then. */
export const trigger = { kind: 'timer', everySeconds: 900 } as const

/** Makes the rules on the bus what the records of webhooks say, and tells in the log what differed. */
export async function reconcile({ store, clock, log, measure }: Runtime, bus: Bus): Promise<void> {
  const sleep = (milliseconds: number) => clock.sleep(milliseconds)
  const { found, mended, rules } = await reconcileWebhooks({ store, bus, sleep })
  measure({ WebhookRules: rules })
  if (found.length > 0) log({ level: 'warn', worker: 'reconcile-webhooks', found, mended })
}

/** The Lambda function behind the timer. */
export const handler = () => reconcile(openRuntime(), openBusFromEnvironment())
