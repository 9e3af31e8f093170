import type { Refusal } from '../refusals.ts'

/**
 * Who may call: anyone; any key of a workspace; secret keys, of a workspace or of its company; the company's admin keys only;
 * or the operator of the whole system.
 */
export type Access = 'anyone' | 'publishable-key' | 'secret-key' | 'admin-key' | 'system'

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
  /** The key is on file, but its workspace was switched off. */
  | { readonly code: 'workspace-inactive' }
  | { readonly code: 'no-such-endpoint'; readonly method: string; readonly path: string }
  | { readonly code: 'media-type-unsupported'; readonly mediaType: string }
  | { readonly code: 'body-too-large'; readonly bytesMax: number }
  | { readonly code: 'input-invalid'; readonly issues: readonly InputIssue[] }
  /** The idempotency key was used for another request. */
  | { readonly code: 'key-reused' }
  /** The first request with this idempotency key is still under way. */
  | { readonly code: 'request-running' }
  /** The request was done before; its answer showed a secret and was not kept. */
  | { readonly code: 'answer-not-kept' }
  | { readonly code: 'refused'; readonly refusal: Refusal }
  /** An outage; where the outcome is unknown, repeating the request tells it. */
  | { readonly code: 'unavailable'; readonly outcome: 'not-applied' | 'unknown' }
  /** The answer cannot be sent in any form that the caller takes. */
  | { readonly code: 'answer-too-large'; readonly message: string }
  /** There is no room for the request now; it was not begun. */
  | { readonly code: 'overloaded'; readonly retrySeconds: number }
  /** More changes were asked for with the key, or from the address, than the stage lets be. */
  | { readonly code: 'too-many-requests'; readonly retrySeconds: number }
  | { readonly code: 'bug' }

/** What an endpoint answers when the request itself is the problem. */
export interface RequestProblem {
  readonly ok: false
  readonly problem: Problem
}

/** A status, and a JSON body if there is one. */
export interface Answer {
  readonly status: number
  readonly body?: object
}

/** What an error may tell of the request that it answers. */
export interface RequestFacts {
  readonly requestId: string
  /** The public key of the workspace that the caller acts in; empty where nobody knows it. */
  readonly workspaceKey: string
}

/** What a caller presents. */
export interface Credential {
  readonly key: string
  /** The public key of the workspace that is meant, where the caller names one. */
  readonly workspaceKey?: string
}

/** What browsers are let do. */
export interface BrowserAccess {
  /** Whether pages of any origin may call an endpoint. */
  readonly opens: (access: Access) => boolean
  /** Methods that a preflight names; those of the endpoint unless given. */
  readonly methods?: string
  /** Request headers that a page may send. */
  readonly requestHeaders: string
}

/** What differs between the two APIs; shared code asks this and never which of them it serves. */
export interface Surface {
  readonly name: string
  /** What the caller presents, undefined without anything. Header names are in lower case. */
  readonly credential: (headers: Readonly<Record<string, string>>) => Credential | undefined
  /** Whether the public key of a workspace opens what its publishable keys open. */
  readonly takesPublicKeys?: true
  /** The header in which a caller names a workspace, where that is possible. */
  readonly workspaceHeader?: string
  /** How requests are read: what lenient means is told in `lenient.ts`. */
  readonly reading: 'strict' | 'lenient'
  readonly browsers: BrowserAccess
  /** The words for a value that a schema refuses. */
  readonly explain: (issue: SchemaIssue) => string | undefined
  /** The error as the API words it. */
  readonly answer: (problem: Problem, request: RequestFacts) => Answer
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
