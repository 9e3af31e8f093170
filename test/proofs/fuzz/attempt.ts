import type { DocumentedOperation, SurfaceName } from '../../support/openapi.ts'
import { writeJson } from './odd-values.ts'
import { credentialsOf } from './surfaces.ts'
import type { Venue } from './venue.ts'
import { LANE_HEADER, type Workspace } from './world.ts'

/** The keys of a workspace. */
export type Keys = Pick<Workspace, 'secret' | 'publishable'>

/** Whose key a request carries. */
export type Role = 'secret' | 'publishable' | 'stranger' | 'wrong' | 'none'

/** How a request came about: as it should be, with a wrong body or parameter, odd as a whole, or in the arena. */
export type Kind = 'sensible' | 'mutated' | 'odd' | 'arena'

/** A request before it is written down. */
export interface Draft {
  readonly operation: DocumentedOperation
  readonly params: Readonly<Record<string, string>>
  readonly query: readonly (readonly [string, string])[]
  /** Undefined for none. */
  readonly body: unknown
  readonly role: Role
  /** What `draftVersion` draws. */
  readonly venue: Venue | undefined
}

/** A request as it is sent. */
export interface Attempt {
  readonly id: string
  readonly kind: Kind
  readonly workspace: Workspace
  readonly surface: SurfaceName
  readonly method: string
  /** Path and query, as they go out. */
  readonly target: string
  readonly role: Role
  /** Names and values in turn, without the key. */
  readonly headers: readonly string[]
  readonly body: Buffer | undefined
  readonly venue: Venue | undefined
}

/** Whose request it is, and how it came about. */
export type Origin = Pick<Attempt, 'id' | 'kind' | 'workspace'>

/** Writes a draft down. */
export function writeDraft(draft: Draft, origin: Origin): Attempt {
  const { operation, params, query, body, role, venue } = draft
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    escape(params[name] ?? ''),
  )
  const fields = query.map(([name, value]) => `${escape(name)}=${escape(value)}`)
  const text = body === undefined ? undefined : Buffer.from(writeJson(body))
  return {
    ...origin,
    surface: operation.surface,
    method: operation.method,
    target: fields.length === 0 ? path : `${path}?${fields.join('&')}`,
    role,
    headers: text === undefined ? [] : ['Content-Type', 'application/json'],
    body: text,
    venue,
  }
}

/** The headers that go out, the key included. */
export function headersOf(attempt: Attempt, strangersKey: string): string[] {
  const { role, workspace, headers, body } = attempt
  return [
    ...credentialsOf(attempt, workspace, strangersKey),
    LANE_HEADER,
    role === 'stranger' ? `${workspace.name}-stranger` : workspace.name,
    ...headers,
    ...(body === undefined ? [] : ['Content-Length', String(body.length)]),
  ]
}

/** A line from which the request can be sent again; keys are told by whose they are. */
export function replayOf({ id, kind, method, target, role, headers, body }: Attempt): string {
  const text = body?.toString('utf8')
  const isText = text !== undefined && Buffer.from(text).equals(body ?? Buffer.of())
  const shown =
    text === undefined ? {} : isText ? { body: text } : { base64: body?.toString('base64') }
  return JSON.stringify({ id, kind, method, target, key: role, headers, ...shown })
}

/** Escapes as URLs do; halves of surrogate pairs too, as the bytes that they would be. */
function escape(text: string): string {
  return Array.from(text, (character) =>
    character.isWellFormed() ? encodeURIComponent(character) : '%ED%A0%BD',
  ).join('')
}
