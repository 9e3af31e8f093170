import type { Admission } from 'holdfast/admission'
import type { Bus } from '../bus/bus.ts'
import type { Instant } from '../clock.ts'
import type { Ids } from '../ids.ts'
import type { AdmissionKeys, WorkspaceSettings } from '../records/records.ts'
import type { MadeOnce } from '../made-once.ts'
import type { SecretName } from '../secrets.ts'
import type { Receipt, RequestName } from '../store/table/receipts.ts'
import type { Store } from '../store/table/store.ts'
import type { WebhookPolicy } from '../webhooks/policy.ts'

/** Who is asking, after authentication. */
export interface Caller {
  readonly keyId: string
  readonly kind: 'publishable' | 'secret'
  readonly workspaceId: string
  /** The public key of the workspace, as answers name it. */
  readonly workspaceKey?: string
  /** The company, where one of its admin keys asks. */
  readonly companyId?: string
  /** The company that the workspace belongs to, whoever asks; or that is administered. */
  readonly ownerId?: string
  /** What the workspace lets publishable keys do. */
  readonly settings: WorkspaceSettings
  /** What admission tokens of the workspace are signed with. */
  readonly admissionKeys?: AdmissionKeys
  /** Where the request came from. */
  readonly address: string
}

/** What every action works with besides its input. */
export interface Context {
  readonly now: () => Instant
  /** Waits before round `attempt` of something that lost a race. */
  readonly backOff: (attempt: number) => Promise<void>
  readonly ids: Ids
  readonly store: Store
  readonly caller: Caller
  /** Forgets who keys are, as far as this process knows; others believe them for a minute at most. */
  readonly forgetKeys?: () => void
  /** Derives a secret that can be shown again; for the few actions that show one. */
  readonly deriveSecret?: (name: SecretName) => string
  /** Opens the bus; for the few actions that speak to it. */
  readonly openBus?: () => Bus
  /** What webhooks may be, and how many; for the actions that change one. */
  readonly webhooks?: WebhookPolicy
  /** Pictures of drawings that this process has drawn. */
  readonly pictures?: MadeOnce
  /** The admission token that came with the request: what it says, or that nobody here signed it. */
  readonly admission?: Admission | 'forged' | undefined
  /** Set where the request has an idempotency key. */
  readonly keyed?: KeyedRequest | undefined
}

/** A request that may be repeated: what is answered is kept together with what is changed. */
export interface KeyedRequest extends RequestName {
  /** The operation that an earlier attempt of this request left, and that was aborted. */
  readonly replaces?: string
  /** What to keep when this is what comes of the request; in the place of the operation that an earlier round left, if any. */
  readonly receiptFor: (result: unknown, left?: string) => Receipt
}
