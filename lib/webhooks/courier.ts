import type { Bus } from '../bus/bus.ts'
import type { Clock } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { Measured } from '../metrics.ts'
import type { SecretName } from '../secrets.ts'
import type { Store } from '../store/table/store.ts'
import type { WebhookPolicy } from './policy.ts'
import type { Post, PostResult } from './post.ts'

/** What deliveries are made with. */
export interface Courier {
  readonly store: Store
  readonly bus: Pick<Bus, 'sendMessages' | 'putRule' | 'receiveMessages' | 'deleteMessages'>
  /** Sends a POST to a receiver; never throws for anything that the receiver does. */
  readonly post: (sent: Post) => Promise<PostResult>
  readonly clock: Clock
  readonly webhooks: Pick<WebhookPolicy, 'lookSeconds'>
  readonly ids: Ids
  readonly deriveSecret: (name: SecretName) => string
  /** Writes one line; never hand it secrets, tokens, bodies or whole URLs. */
  readonly log: (line: Record<string, unknown>) => void
  /** Counts attempts, where somebody counts. */
  readonly measure?: (measured: Measured) => void
}
