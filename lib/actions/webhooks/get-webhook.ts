import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import * as stored from '../../store/webhooks/webhook-endpoints.ts'

/** Reads a webhook endpoint of the caller's workspace; refuses one that is unknown or deleted. */
export async function getWebhook(
  context: Pick<Context, 'store' | 'caller'>,
  endpointId: string,
): Promise<Outcome<WebhookEndpoint>> {
  const found = await getWebhookOrTombstone(context, endpointId)
  if (!found.ok || found.value.deletedAt === undefined) return found
  return refuse({ code: 'webhook-not-found', endpointId })
}

/** The same, for what can still be read of a deleted one. */
export async function getWebhookOrTombstone(
  { store, caller }: Pick<Context, 'store' | 'caller'>,
  endpointId: string,
): Promise<Outcome<WebhookEndpoint>> {
  const endpoint = await stored.getWebhook(store, caller.workspaceId, endpointId)
  return endpoint === undefined
    ? refuse({ code: 'webhook-not-found', endpointId })
    : succeed(endpoint)
}
