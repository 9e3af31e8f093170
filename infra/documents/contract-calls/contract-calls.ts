/** Calls of a contract that belong together: `POST /charts`, and what each does. */
export interface CallGroup {
  readonly title: string
  readonly calls: readonly (readonly [call: `${string} /${string}`, purpose: string])[]
}
