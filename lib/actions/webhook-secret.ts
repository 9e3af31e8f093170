import { assert } from '../faults.ts'
import type { WebhookEndpoint } from '../inventory/webhook.ts'
import { webhookSecret } from '../webhooks/secret.ts'
import type { Context } from './context.ts'

/** An endpoint with the secret that signs from now on. */
export interface WithSecret extends WebhookEndpoint {
  readonly secret: string
}

/** Shows the newest secret of an endpoint: for whoever has just made it. */
export function withSecret(
  { deriveSecret }: Pick<Context, 'deriveSecret'>,
  endpoint: WebhookEndpoint,
): WithSecret {
  assert(deriveSecret !== undefined, 'an action that shows a secret can derive it')
  const { endpointId, secretGeneration } = endpoint
  return { ...endpoint, secret: webhookSecret(deriveSecret, endpointId, secretGeneration) }
}
