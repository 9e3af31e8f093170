/** Calls of a contract that belong together: `POST /charts`, and what each does. */
export interface CallGroup {
  readonly title: string
  readonly calls: readonly (readonly [call: `${string} /${string}`, purpose: string])[]
}

/** A field that a published client sends or reads, in the query, the body or the answer of a call, and what it says. */
export interface ClientField {
  readonly call: `${string} /${string}`
  readonly field: string
  readonly says: string
}
