import type { Instant } from '../clock.ts'
import type { WebhookEndpoint } from '../records/webhook.ts'
import type { SecretName } from '../secrets.ts'

/** What Standard Webhooks has secrets begin with. */
export const SECRET_PREFIX = 'whsec_'

/** Derives the secret of an endpoint's generation: `whsec_` and 32 hexadecimal characters, which are valid base64 too. */
export function webhookSecret(
  deriveSecret: (name: SecretName) => string,
  endpointId: string,
  generation: number,
): string {
  return SECRET_PREFIX + deriveSecret({ purpose: 'webhook', id: endpointId, generation })
}

/** The secrets that sign now, the newest first: two while a rotation leaves the one before valid. */
export function signingSecrets(
  deriveSecret: (name: SecretName) => string,
  endpoint: Pick<WebhookEndpoint, 'endpointId' | 'secretGeneration' | 'overlapUntil'>,
  now: Instant,
): string[] {
  const { endpointId, secretGeneration, overlapUntil = 0 } = endpoint
  const generations =
    now < overlapUntil && secretGeneration > 1
      ? [secretGeneration, secretGeneration - 1]
      : [secretGeneration]
  return generations.map((generation) => webhookSecret(deriveSecret, endpointId, generation))
}
