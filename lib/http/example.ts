/** A request that works as it stands, and what it answers. */
export interface Example {
  /** What it shows. */
  readonly summary: string
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: object
  /** Status of the answer where it is not the endpoint's success. */
  readonly status?: number
  /** Left out where there is no body. */
  readonly reply?: object
  /** Its place in the story, where it is told elsewhere than the other examples of its endpoint. */
  readonly place?: number
  /** Ids, keys and secrets that are first shown here; whoever sends the request gets others. */
  readonly anew?: readonly (string | number)[]
}

/** Examples by name. */
export type Examples = Readonly<Record<string, Example>>
