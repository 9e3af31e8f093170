import type { Page, PageRequest } from '../../store/table/listings.ts'
import type { Context } from '../context.ts'
import { withHealth, type WithHealth } from './describe-webhook.ts'
import * as stored from '../../store/webhooks/webhook-endpoints.ts'

/** A page of the workspace's webhook endpoints, newest first, with how their receivers are doing. */
export async function listWebhooks(
  context: Pick<Context, 'store' | 'caller'>,
  { page, limit }: PageRequest,
): Promise<Page<WithHealth>> {
  const endpoints = await stored.listWebhooks(context.store, context.caller.workspaceId)
  const shown = endpoints.slice((page - 1) * limit, page * limit)
  const items = await Promise.all(shown.map((endpoint) => withHealth(context, endpoint)))
  return { items, total: endpoints.length }
}
