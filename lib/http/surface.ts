import type { Refusal } from '../inventory/refusals.ts'

/** One fault of the input: where it is, and what is wrong with it. */
export interface InputIssue {
  /** Field path; empty for the whole of the body. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Every way in which a request fails outside the rule book. */
export type Problem =
  | { readonly code: 'key-missing' }
  | { readonly code: 'key-invalid' }
  | { readonly code: 'key-not-allowed' }
  | { readonly code: 'no-such-endpoint'; readonly method: string; readonly path: string }
  | { readonly code: 'media-type-unsupported'; readonly mediaType: string }
  | { readonly code: 'body-too-large'; readonly bytesMax: number }
  | { readonly code: 'input-invalid'; readonly issues: readonly InputIssue[] }
  /** The idempotency key was used for another request. */
  | { readonly code: 'key-reused' }
  /** The first request with this idempotency key is still under way. */
  | { readonly code: 'request-running' }
  | { readonly code: 'refused'; readonly refusal: Refusal }
  /** An outage; where the outcome is unknown, repeating the request tells it. */
  | { readonly code: 'unavailable'; readonly outcome: 'not-applied' | 'unknown' }
  | { readonly code: 'bug' }

/** What an endpoint answers when the request itself is the problem. */
export interface Unanswered {
  readonly ok: false
  readonly problem: Problem
}

/** A status and a JSON body. */
export interface Answer {
  readonly status: number
  readonly body: object
}

/** What differs between the two APIs; shared code asks this and never which of them it serves. */
export interface Surface {
  readonly name: string
  /** The key that the caller presents, undefined without one. Header names are in lower case. */
  readonly credential: (headers: Readonly<Record<string, string>>) => string | undefined
  /** The words for a value that a schema refuses. */
  readonly explain: (issue: SchemaIssue) => string | undefined
  /** The error as the API words it. */
  readonly answer: (problem: Problem) => Answer
}

/** What a schema says of a refused value, as far as its wording needs it. */
export interface SchemaIssue {
  readonly code?: string
  readonly expected?: string
  readonly origin?: string
  readonly format?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly inclusive?: boolean
  readonly values?: readonly unknown[]
  readonly input?: unknown
}
