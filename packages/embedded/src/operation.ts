import type * as z from 'zod'
import type { Call } from './core.ts'
import type { ApiError } from './errors.ts'

/** One operation of an API: what its requests look like, and what it does to the API's state. */
export interface Operation<State> {
  readonly schema: z.ZodType
  readonly run: (state: State, input: never, call: Call) => object | Promise<object>
}

/** An API that is served, such as `AmazonSQS`. */
export interface Api<State> {
  /** How its targets begin. */
  readonly name: string
  /** What precedes the name of an error in its answers. */
  readonly namespace: string
  readonly operations: Readonly<Record<string, Operation<State>>>
  /** What a request is refused with that lacks a member. */
  readonly missing: (name: string) => ApiError
  /** Names that errors had before the API spoke JSON, for the clients that still go by them. */
  readonly oldNames?: Readonly<Record<string, string>>
}

/** Makes what ties the operations of one API to its state, and each to the type of its requests. */
export function operationsOn<State>() {
  return <Schema extends z.ZodType>(
    schema: Schema,
    run: (state: State, input: z.infer<Schema>, call: Call) => object | Promise<object>,
  ): Operation<State> => ({ schema, run })
}
