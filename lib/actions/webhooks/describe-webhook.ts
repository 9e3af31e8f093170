import { succeed, type Outcome } from '../../refusals.ts'
import type { EndpointHealth, WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { getWebhook } from './get-webhook.ts'
import { getHealth } from '../../store/webhooks/endpoint-health.ts'

/** An endpoint with how its receiver is doing; without, where nothing was delivered yet. */
export interface WithHealth extends WebhookEndpoint {
  readonly health?: EndpointHealth | undefined
}

/** Reads a webhook endpoint and how its receiver is doing; refuses an unknown one. */
export async function describeWebhook(
  context: Pick<Context, 'store' | 'caller'>,
  endpointId: string,
): Promise<Outcome<WithHealth>> {
  const found = await getWebhook(context, endpointId)
  if (!found.ok) return found
  return succeed(await withHealth(context, found.value))
}

/** Adds how an endpoint's receiver is doing. */
export async function withHealth(
  { store }: Pick<Context, 'store'>,
  endpoint: WebhookEndpoint,
): Promise<WithHealth> {
  return { ...endpoint, health: await getHealth(store, endpoint.endpointId) }
}
