import { succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { getWebhook } from './get-webhook.ts'
import { busOf, writeAfterRule } from './webhook-rules.ts'
import * as stored from '../../store/webhooks/webhook-endpoints.ts'

/** Deletes a webhook endpoint and its rule; its deliveries can be read for 30 days. Refuses an unknown one. */
export async function deleteWebhook(
  context: Context,
  endpointId: string,
): Promise<Outcome<WebhookEndpoint>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'webhook', key: endpointId }, async () => {
    const found = await getWebhook(context, endpointId)
    if (!found.ok) return found
    await busOf(context).removeRule(endpointId)
    const write = async () =>
      (await stored.deleteWebhook(store, found.value, keyed?.receiptFor(found.value)))
        ? found.value
        : undefined
    const deleted = await writeAfterRule(context, endpointId, write)
    if (deleted !== undefined) return succeed(deleted)
    return undefined
  })
}
