import { defined } from '../../defined.ts'
import type { WebhookType } from '../../rules/notice.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import { checkUrl } from '../../webhooks/address.ts'
import { webhookPolicyFrom } from '../../webhooks/policy.ts'
import type { Context } from '../context.ts'
import { inRoundsOn } from '../in-rounds.ts'
import type { WithHealth } from './describe-webhook.ts'
import { getWebhook } from './get-webhook.ts'
import { busOf, several, writeAfterRule } from './webhook-rules.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import { endWaiting, getHealth } from '../../store/webhooks/endpoint-health.ts'
import { replaceWebhook } from '../../store/webhooks/webhook-endpoints.ts'

/** Which endpoint, and what to change of it; undefined leaves all as it is. */
export interface WebhookChanges {
  readonly endpointId: string
  readonly url: string | undefined
  readonly types: readonly WebhookType[] | undefined
  readonly isEnabled: boolean | undefined
  /** Null takes it away. */
  readonly description: string | null | undefined
  readonly batch: number | undefined
}

/**
 * Changes a webhook endpoint, and its rule with it, and has what waits for it try it again; refuses an unknown one, and a URL that
 * webhooks may not go to.
 */
export async function updateWebhook(
  context: Context,
  changes: WebhookChanges,
): Promise<Outcome<WithHealth>> {
  const { endpointId } = changes
  const { store, keyed, webhooks = webhookPolicyFrom({}) } = context
  const reason = changes.url === undefined ? undefined : checkUrl(changes.url, webhooks)
  if (reason !== undefined) return refuse({ code: 'webhook-url-refused', reason })
  // A repeat would make the rule once more what an earlier change made it.
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  const { probeAt, ...health } = (await getHealth(store, endpointId)) ?? { failures: 0 }
  const resultOf = (replaced: WebhookEndpoint) => ({ ...replaced, health })
  const concernsRule = changes.types !== undefined || changes.isEnabled !== undefined
  return inRoundsOn(context, { what: 'webhook', key: endpointId }, async () => {
    const found = await getWebhook(context, endpointId)
    if (!found.ok) return found
    const after = { ...changed(found.value, changes), updatedAt: context.now() }
    if (concernsRule && (await busOf(context).putRule(after)) === 'too-many') {
      return refuse({ code: 'too-many-webhooks' })
    }
    const write = () =>
      replaceWebhook(store, after, (replaced) => keyed?.receiptFor(resultOf(replaced)))
    const replaced = concernsRule ? await writeAfterRule(context, endpointId, write) : await write()
    if (replaced !== undefined) {
      // Whoever changed it has mended something, or says that it is mended.
      if (probeAt !== undefined) await endWaiting(store, endpointId)
      return succeed(resultOf(replaced))
    }
    return undefined
  })
}

function changed(before: WebhookEndpoint, changes: WebhookChanges): WebhookEndpoint {
  const { description: old, batch: batchBefore, ...rest } = before
  const description = changes.description === undefined ? old : (changes.description ?? undefined)
  return {
    ...rest,
    url: changes.url ?? before.url,
    types: changes.types === undefined ? before.types : [...new Set(changes.types)],
    isEnabled: changes.isEnabled ?? before.isEnabled,
    ...defined({ description, batch: several(changes.batch ?? batchBefore) }),
  }
}
