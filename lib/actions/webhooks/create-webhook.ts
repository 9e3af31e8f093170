import { defined } from '../../defined.ts'
import { assert } from '../../faults.ts'
import type { WebhookType } from '../../rules/notice.ts'
import { refuse, succeed, type Outcome } from '../../refusals.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import { checkUrl } from '../../webhooks/address.ts'
import { webhookPolicyFrom } from '../../webhooks/policy.ts'
import type { Context } from '../context.ts'
import { inRoundsToMake } from '../in-rounds.ts'
import { secretFor, type WithSecret } from './webhook-secret.ts'
import { busOf, newEndpointId, several, writeAfterRule } from './webhook-rules.ts'
import { refuseIfRecorded } from '../../store/table/receipts.ts'
import { getWorkspace } from '../../store/companies/workspaces.ts'
import * as stored from '../../store/webhooks/webhook-endpoints.ts'
import { newSerial } from '../../store/table/serials.ts'

/** What is asked for. */
export interface NewWebhook {
  readonly url: string
  readonly types: readonly WebhookType[]
  readonly description: string | undefined
  /** Notices in one request; 1 is as good as none. */
  readonly batch: number | undefined
}

/**
 * Registers a webhook endpoint; refuses a URL that webhooks may not go to, one more than a workspace may have, and one more than
 * the bus has rules.
 */
export async function createWebhook(
  context: Context,
  request: NewWebhook,
): Promise<Outcome<WithSecret>> {
  const { store, caller, ids, keyed, webhooks = webhookPolicyFrom({}) } = context
  const reason = checkUrl(request.url, webhooks)
  if (reason !== undefined) return refuse({ code: 'webhook-url-refused', reason })
  const bus = busOf(context)
  // A repeat would make a rule of its own.
  if (keyed !== undefined) await refuseIfRecorded(store, keyed)
  const workspace = await getWorkspace(store, caller.workspaceId)
  assert(workspace !== undefined, 'whoever calls has a workspace')
  const now = context.now()
  const endpoint = {
    ...toFields(request),
    workspaceId: caller.workspaceId,
    environment: workspace.isTest ? ('sandbox' as const) : ('production' as const),
    isEnabled: true,
    secretGeneration: 1,
    createdAt: now,
    updatedAt: now,
  }
  return inRoundsToMake(context, 'webhook', async () => {
    const counted = await stored.countWebhooks(store, caller.workspaceId)
    const { perWorkspaceMax: webhooksMax } = webhooks
    if (counted.count >= webhooksMax) return refuse({ code: 'webhook-limit-reached', webhooksMax })
    const endpointId = newEndpointId(ids)
    const named = { ...endpoint, endpointId, serial: newSerial(store) }
    const secret = secretFor(context, named)
    const resultOf = (created: WebhookEndpoint) => ({ ...created, secret })
    if ((await bus.putRule(named)) === 'too-many') return refuse({ code: 'too-many-webhooks' })
    const receiptFor = (created: WebhookEndpoint) => keyed?.receiptFor(resultOf(created))
    const write = () => stored.createWebhook(store, named, { receiptFor, counted })
    const created = await writeAfterRule(context, endpointId, write)
    if (created !== undefined) return succeed(resultOf(created))
    return undefined
  })
}

/** What is asked for twice is kept once. */
function toFields({ url, types, description, batch }: NewWebhook) {
  return { url, types: [...new Set(types)], ...defined({ description, batch: several(batch) }) }
}
