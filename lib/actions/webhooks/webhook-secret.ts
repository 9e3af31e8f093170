import { assert } from '../../faults.ts'
import type { WebhookEndpoint } from '../../records/webhook.ts'
import { webhookSecret } from '../../webhooks/secret.ts'
import type { Context } from '../context.ts'

/** An endpoint with the secret that signs from now on. */
export interface WithSecret extends WebhookEndpoint {
  readonly secret: string
}

/**
 * Derives the secret of an endpoint's generation, for whoever is about to make it: before anything is changed, since an
 * installation without a master secret has none.
 */
export function secretFor(
  { deriveSecret }: Pick<Context, 'deriveSecret'>,
  { endpointId, secretGeneration }: Pick<WebhookEndpoint, 'endpointId' | 'secretGeneration'>,
): string {
  assert(deriveSecret !== undefined, 'an action that shows a secret can derive it')
  return webhookSecret(deriveSecret, endpointId, secretGeneration)
}
