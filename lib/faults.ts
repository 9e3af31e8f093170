/** An outage on our side: thrown, and answered once, in `http/serve.ts`. A refusal is never a fault. */
export class Fault extends Error {
  override readonly name = 'Fault'
  /** Whether the write may have applied; if so the caller must repeat the request to learn it. */
  readonly outcome: 'not-applied' | 'unknown'
  /** Where the store was only slow: it is reached, it changed nothing, and asking again is worth while after so many seconds. */
  readonly retryAfterSeconds: number | undefined
  /** Whether there was no room for the request: more was asked of the store than it takes. */
  readonly isOverloaded: boolean

  constructor(message: string, options: FaultOptions) {
    super(message, { cause: options.cause })
    this.outcome = options.outcome
    this.retryAfterSeconds = options.retryAfterSeconds
    this.isOverloaded = options.isOverloaded ?? false
  }
}

interface FaultOptions {
  readonly outcome: Fault['outcome']
  readonly cause?: unknown
  readonly retryAfterSeconds?: number
  readonly isOverloaded?: boolean
}

/** Thrown by a write that finds its request done already, under the same idempotency key: nothing was written. */
export class AlreadyRecorded extends Error {
  override readonly name = 'AlreadyRecorded'
}

/** Whether something stored is not what it should be: no outage, so that reading it again is of no use. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError
}

/** Asserts what must be true, in production too: a false condition is a bug of ours. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${message}`)
}
