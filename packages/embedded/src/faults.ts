import { ApiError } from './errors.ts'

/**
 * What a test may make of a call: refused without being applied, lost before or after it was applied, or, for calls with
 * entries, some of the entries refused.
 */
export type Fault =
  | 'throttle'
  | 'internal-error'
  | 'lost-before'
  | 'lost-after'
  | { readonly failedEntries: readonly number[] }

/** The connection drops without an answer; whether the call was applied is for the caller to find out. */
export class LostAnswerError extends Error {
  constructor() {
    super('The connection was dropped before the answer')
  }
}

/** What a bug is answered with, and an injected internal error. */
export const internalError = new ApiError('InternalFailure', 'An internal error occurred', 500)

/** What an entry that a fault refuses is answered with. */
export const entryFailure = new ApiError('InternalFailure', 'The entry was not taken', 500)

/** The refusal that a fault gives instead of running the call, if it does. */
export function refusalFor(fault: Fault | undefined): Error | undefined {
  if (fault === 'throttle') return new ApiError('ThrottlingException', 'Rate exceeded')
  if (fault === 'internal-error') return internalError
  return fault === 'lost-before' ? new LostAnswerError() : undefined
}
