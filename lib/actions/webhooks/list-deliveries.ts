import { succeed, type Outcome } from '../../refusals.ts'
import type { Delivery } from '../../records/webhook.ts'
import type { Page, PageRequest } from '../../store/table/listings.ts'
import type { Context } from '../context.ts'
import { getWebhookOrTombstone } from './get-webhook.ts'
import * as stored from '../../store/webhooks/deliveries.ts'

/** Lists an endpoint's deliveries of the last 30 days, also of a deleted one; refuses an unknown one. */
export async function listDeliveries(
  context: Context,
  { endpointId, ...request }: PageRequest & { readonly endpointId: string },
): Promise<Outcome<Page<Delivery>>> {
  const found = await getWebhookOrTombstone(context, endpointId)
  if (!found.ok) return found
  return succeed(await stored.listDeliveries(context.store, endpointId, request))
}
