import type { Refusal } from '../../lib/inventory/refusals.ts'

// What is asked and answered in a run, as clients and the judge see it.

export type Verb = 'hold' | 'extend' | 'book-held' | 'release' | 'release-held'

/** One request as its client means it, however often it is sent. */
export interface Asked {
  /** Unique in the run. */
  readonly id: string
  readonly verb: Verb
  readonly parts: readonly AskedPart[]
  /** An extend of everything that the token holds in the event: the labels are not named. */
  readonly isAll?: true
  readonly holdToken?: string
  /** Of a hold or extend: how long from when the request is run. */
  readonly holdMs?: number
  /** The idempotency key. */
  readonly key?: string
  /** It arrives so long before, or after, that moment of the clock of whoever gets it. */
  readonly aim?: { readonly at: number; readonly before: number; readonly onStart?: () => void }
}

export interface AskedPart {
  readonly eventKey: string
  readonly eventId: string
  readonly labels: readonly string[]
}

/** An object that a request changed, as its answer says. */
export interface Told {
  readonly eventId: string
  readonly label: string
  readonly version: number
  readonly operationId: string
  /** Of a hold: when it ends. */
  readonly until?: number
}

/** What a successful request answers. */
export interface Reply {
  readonly changed: readonly Told[]
  /** Of an extend: what the token does not hold. */
  readonly failed: readonly { readonly label: string; readonly code: string }[]
}

export type Answer =
  | { readonly kind: 'done'; readonly body: string; readonly isReplayed: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'problem'; readonly code: string }
  | {
      readonly kind: 'fault'
      readonly outcome: 'not-applied' | 'unknown'
      readonly message: string
    }
  | { readonly kind: 'bug'; readonly message: string }

/** One time that a request was sent to a process. */
export interface Sending {
  readonly asked: Asked
  readonly life: string
  /** Of that process's clock. */
  readonly offset: number
  /** True time at which the process got it. */
  startedAt: number
  /** True time at which the process answered; undefined when it died over it. */
  endedAt?: number
  answer?: Answer
}

/** The names of the objects that a request names. */
export function objectsOf({ parts }: Pick<Asked, 'parts'>): Set<string> {
  return new Set(
    parts.flatMap(({ eventId, labels }) => labels.map((label) => `${eventId} ${label}`)),
  )
}
