import { addSeconds } from '../../clock.ts'
import { succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import { getWebhook } from './get-webhook.ts'
import { secretFor, type WithSecret } from './webhook-secret.ts'
import { replaceWebhook } from '../../store/webhooks/webhook-endpoints.ts'

/** Which endpoint, and for how long its secret of now signs beside the new one: 0 is not at all. */
export interface Rotation {
  readonly endpointId: string
  readonly overlapSeconds: number
}

/** Gives a webhook endpoint a new secret; refuses an unknown endpoint. */
export async function rotateWebhookSecret(
  context: Context,
  { endpointId, overlapSeconds }: Rotation,
): Promise<Outcome<WithSecret>> {
  const { store, keyed } = context
  return inRoundsOn(context, { what: 'webhook', key: endpointId }, async () => {
    const found = await getWebhook(context, endpointId)
    if (!found.ok) return found
    const { overlapUntil: ended, ...before } = found.value
    const now = context.now()
    const after = {
      ...before,
      secretGeneration: before.secretGeneration + 1,
      ...(overlapSeconds === 0 ? {} : { overlapUntil: addSeconds(now, overlapSeconds) }),
      updatedAt: now,
    }
    const secret = secretFor(context, after)
    const resultOf = (rotated: WebhookEndpoint) => ({ ...rotated, secret })
    const replaced = await replaceWebhook(store, after, (rotated) =>
      keyed?.receiptFor(resultOf(rotated)),
    )
    if (replaced !== undefined) return succeed(resultOf(replaced))
    return undefined
  })
}
