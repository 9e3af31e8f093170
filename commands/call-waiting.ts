import { openRuntime } from '../lib/open.ts'
import { toIso } from '../lib/clock.ts'
import { endWaiting, getHealth } from '../lib/store/webhooks/endpoint-health.ts'
import { listAllWebhooks } from '../lib/store/webhooks/webhook-endpoints.ts'
import { findProduct } from '../local/running-product.ts'

// A receiver has come up on this machine: what the local product has for it need not wait for the next probe.

/** Hosts by which a webhook names this machine. */
const here = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Has this user's local product try at once what waits for a receiver on that port; answers a line for each webhook that had to wait.
 * Without a product there are none. What leads to the product is put into the environment.
 */
export async function callWaiting(
  environment: NodeJS.ProcessEnv,
  { productPort, receiverPort }: { productPort: number; receiverPort: number },
): Promise<string[]> {
  const product = await findProduct(productPort)
  if (product === undefined) return []
  Object.assign(environment, product.environment, { HOLDFAST_TABLE: product.tableName })
  const { store } = openRuntime()
  const lines: string[] = []
  for (const { endpointId, url, deletedAt } of await listAllWebhooks(store)) {
    if (deletedAt !== undefined || !leadsTo(url, receiverPort)) continue
    const { probeAt } = (await getHealth(store, endpointId)) ?? {}
    if (probeAt === undefined) continue
    await endWaiting(store, endpointId)
    lines.push(`${endpointId} would have been tried at ${toIso(probeAt)}: it is tried now`)
  }
  return lines
}

function leadsTo(url: string, port: number): boolean {
  const { hostname, port: named, protocol } = new URL(url)
  const otherwise = protocol === 'https:' ? 443 : 80
  return here.has(hostname) && (named === '' ? otherwise : Number(named)) === port
}
