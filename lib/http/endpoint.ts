import type * as z from 'zod'
import type { Context } from '../actions/context.ts'
import type { Bus } from '../bus/bus.ts'
import type { Outcome, Refusal } from '../refusals.ts'
import type { Examples } from './example.ts'
import type { Access, Surface, RequestProblem } from './surface.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'ANY'

/** A reply that is JSON text already, such as a drawing returned as it came. */
export interface RawJson {
  readonly rawJson: string
  /** Given where what differs from one asking to the next is not worth telling; else it follows from the text. */
  readonly tag?: string
}

/** A reply that is text, and no JSON. */
export interface RawText {
  readonly text: string
  readonly mediaType: string
}

/** A reply that is no JSON, such as a picture. */
export interface RawBytes {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** Given where the same address will always answer the same: anybody may keep it. */
  readonly tag?: string
}

/** What the parsed request hands to `run`. */
export interface Input<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** The whole request path as it was sent. */
  readonly rawPath: string
  readonly method: string
  /** Where the caller reaches this surface: `https://tickets.example.com`. */
  readonly origin: string
  /** What came after the last variable of the path, where the endpoint has endings and one was there. */
  readonly ending?: string
  /** Tags of what the request is meant for, where it names any and the endpoint looks. */
  readonly ifMatch?: readonly string[]
}

/**
 * Makes the reply of what came of a request. It is called before the change is made, so that the reply is kept with it, and may be
 * called again after: it must have no effect.
 */
export type Show<Params, Query, Body, Result, Reply> = (
  result: Result,
  input: Input<Params, Query, Body>,
  context: Context,
) => Reply

/** One HTTP route of one surface: its words, its schemas, and the translation to an action. */
export interface Endpoint<
  Params = unknown,
  Query = unknown,
  Body = unknown,
  Reply = unknown,
  Result = unknown,
> {
  readonly surface: Surface
  readonly method: Method
  /** With `{name}` for a variable segment. */
  readonly path: string
  /** Older paths that are served alike; their variables are the same, at the same places from the end. */
  readonly alsoAt?: readonly string[]
  /**
   * What may come after the last variable of the path, and the media type that is asked for so. API Gateway has no segments of both
   * text and variable, so one endpoint serves all.
   */
  readonly endings?: Readonly<Record<`.${string}`, string>>
  readonly summary: string
  /** What a caller should know beyond the summary, in Markdown. */
  readonly description?: string
  /** The examples of a surface tell one story: in this order they work, and are documented. */
  readonly storyPlace?: number
  /** Requests to it, and what they answer. */
  readonly examples?: Examples
  readonly access: Access
  /** An admin key acts in a workspace here: the one that it names, or its company's default. */
  readonly actsInWorkspace?: boolean
  /** Status of success with a body; 200 unless given. A reply of `undefined` is sent as 204, without a body. */
  readonly status?: number
  readonly params?: z.ZodType<Params>
  readonly query?: z.ZodType<Query>
  readonly body?: z.ZodType<Body>
  readonly bodyBytesMax?: number
  /** Top-level fields of the body whose null says something, where the surface takes null for not given. */
  readonly nullable?: readonly string[]
  /** The body may be a list: an empty one is that, where the surface takes it for an object without fields. */
  readonly takesList?: true
  /** It looks at `If-Match`. */
  readonly takesIfMatch?: true
  /** It looks at the admission token, for events that demand one of whoever holds. */
  readonly takesAdmission?: true
  /** The schema gets the body as the text that came. */
  readonly bodyAsText?: true
  /** The reply has a tag, and is 304 for who has it already; of pictures this goes without saying. */
  readonly isTagged?: true
  /** The tagged reply may serve all who ask with the same key for a second, where a cache that tells keys apart stands in front. */
  readonly isShareable?: true
  /** What else to ask for where the answer is too large to be sent: `ask for a summary`. */
  readonly instead?: string
  /** What a reply is that is no JSON. */
  readonly replyMediaType?: string
  /** The reply shows a secret: it is not kept for a repeat of the request. */
  readonly showsSecret?: true
  /** Opens the bus, for the few endpoints whose actions speak to it. */
  readonly openBus?: () => Bus
  readonly reply: z.ZodType<Reply>
  /** Every refusal that `run` may answer with: each is documented with the status that the surface gives it. */
  readonly refusals?: readonly Refusal['code'][]
  readonly run: (
    context: Context,
    input: Input<Params, Query, Body>,
  ) => Promise<Result | RawJson | RawText | RawBytes | Outcome<Result> | RequestProblem>
  /** Left out where the reply is what `run` came to. */
  readonly show?: Show<Params, Query, Body, Result, Reply>
}

/** What is served at an endpoint's path, and alike at each older one. */
export function atEachPath<Entry extends { readonly endpoint: Endpoint }>(
  entries: readonly Entry[],
): Entry[] {
  return entries.flatMap((entry) => {
    const { alsoAt = [], ...endpoint } = entry.endpoint
    return [endpoint.path, ...alsoAt].map((path) => ({ ...entry, endpoint: { ...endpoint, path } }))
  })
}

/** Declares an endpoint; the schemas give `run` its types, and everyone else sees the plain `Endpoint`. */
export function endpoint<Params, Query, Body, Reply>(
  declaration: Endpoint<Params, Query, Body, Reply, Reply> & { readonly show?: never },
): Endpoint
/** Declares an endpoint that shows what it comes to; `show` gets the type of that. */
export function endpoint<Params, Query, Body, Reply, Result>(
  declaration: Endpoint<Params, Query, Body, Reply, Result> & {
    readonly show: Show<Params, Query, Body, Result, Reply>
  },
): Endpoint
/** Both are the same at run time. */
export function endpoint(declaration: unknown): Endpoint {
  return declaration as Endpoint
}
