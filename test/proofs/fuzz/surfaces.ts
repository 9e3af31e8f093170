import {
  documentedOperations,
  errorFaultsOf,
  type DocumentedOperation,
  type SurfaceName,
} from '../../support/openapi.ts'
import type { Keys, Role } from './attempt.ts'

/** An answer as its surface looks at it. */
export interface Told {
  readonly operation: DocumentedOperation
  readonly status: number
  readonly said: unknown
  readonly requestId: unknown
}

/** What differs between the surfaces; all else is fuzzed and judged alike. */
export interface FuzzedSurface {
  /** Everything that is documented. */
  readonly documented: readonly DocumentedOperation[]
  /** What is sent: the rest is only met by chance. */
  readonly isSent: (operation: DocumentedOperation) => boolean
  /** Headers of a key, in one of the forms that all mean the same. */
  readonly credentials: (key: string, form: number) => string[]
  /** Headers that may say something else than the attempt's key. */
  readonly credentialHeader: RegExp
  /** The path that the product looks up. */
  readonly pathAsRead: (path: string) => string
  /** What the product reads in a body's text. */
  readonly read: (text: string) => unknown
  /** Whether browsers may ask this. */
  readonly isForBrowsers: (operation: DocumentedOperation) => boolean
  /** Whether an error says that the input does not fit the document. */
  readonly isAboutInput: (status: number, said: unknown) => boolean
  /** Whether an error is about that header. */
  readonly isAboutHeader: (said: unknown, header: string) => boolean
  /** What is wrong with an answer beside what its schema says. */
  readonly moreFaults: (told: Told) => string[]
}

type Errors = { readonly errors?: readonly { readonly message?: string }[] } | undefined

const isInputStatus = (status: number) => [400, 413, 415].includes(status)

/** Of a run: needs the operator's secret or an admin key, or answers with pictures. */
const isElsewhere =
  /^\/(workspaces|accounts|event-log|ticket-buyers|thumbnails|reports\/(usage|subscription)|system\/private)|\/thumbnail$|\/version\/draft$|\/copy(-to-workspace|\/from)\//

/** Answers with a drawing as it came, nulls and all. */
const isDrawing = ({ path }: DocumentedOperation) => path.includes('/version/')

/** One description for each surface. */
export const surfaces: Readonly<Record<SurfaceName, FuzzedSurface>> = {
  seatbuilder: {
    documented: documentedOperations('seatbuilder'),
    isSent: () => true,
    credentials: (key) => ['X-Api-Key', key],
    credentialHeader: /^x-api-key$/i,
    pathAsRead: (path) => path,
    read: parse,
    isForBrowsers: ({ keys }) => keys.includes('PublishableKey'),
    isAboutInput: isInputStatus,
    isAboutHeader: (said, header) =>
      Object.keys((said as { errors?: object } | undefined)?.errors ?? {}).join() === header,
    moreFaults: ({ said, status }) => {
      const isHonest = !isObject(said) || !('statusCode' in said) || said['statusCode'] === status
      return isHonest ? [] : ['statusCode is not the status']
    },
  },
  seatsio: {
    documented: documentedOperations('seatsio'),
    isSent: ({ path }) => !isElsewhere.test(path),
    credentials: (key, form) => [
      'Authorization',
      basicForms[form % basicForms.length]?.(key) ?? '',
    ],
    credentialHeader: /^(authorization|x-workspace-key)$/i,
    pathAsRead: (path) => path.replace(/\/{2,}/g, '/'),
    read: (text) => tidy(text.trim() === '' ? {} : parse(text)),
    isForBrowsers: () => true,
    // Every refusal is a 400 here: those of the input point into it.
    isAboutInput: (status, said) =>
      status === 413 || status === 415 || (status === 400 && /^#/.test(messageIn(said))),
    isAboutHeader: (said, header) => messageIn(said).startsWith(`#/${header}: `),
    moreFaults: seatsioFaults,
  },
}

/** What is sent of all surfaces. */
export const operations: readonly DocumentedOperation[] = Object.values(surfaces).flatMap(
  ({ documented, isSent }) => documented.filter(isSent),
)

/** What an operation is called in tables and reports; the first surface's have no prefix. */
export function nameOf({ surface, operationId }: DocumentedOperation): string {
  return surface === 'seatbuilder' ? operationId : `${surface}/${operationId}`
}

/** The surface that answers a path: one has a corner of its own, the other one all the rest. */
export function surfaceAt(path: string): SurfaceName {
  return path === '/health' || path.startsWith('/api/') ? 'seatbuilder' : 'seatsio'
}

/** The headers that show whose request it is; none for nobody's. */
export function credentialsOf(
  { surface, role, id }: { surface: SurfaceName; role: Role; id: string },
  { secret, publishable }: Keys,
  strangersKey: string,
): string[] {
  const key = {
    secret,
    publishable,
    stranger: strangersKey,
    wrong: 'sk_test_nobody_ever_made_this_key',
    none: undefined,
  }[role]
  if (key === undefined) return []
  const form = Array.from(id).reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return surfaces[surface].credentials(key, form)
}

/** What official clients and others send, and all of it right. */
const basicForms: readonly ((key: string) => string)[] = [
  (key) => `Basic ${base64(`${key}:`)}`,
  (key) => `Basic ${base64(key)}`,
  (key) => `Basic ${base64(`${key}:a password: é`)}`,
  (key) => `basic   ${base64(`${key}:`)}  `,
  (key) => `Basic ${base64(`${key}:`).replace(/=+$/, '')}`,
  (key) => `BASIC\t${base64(key).replace(/(.{20})/g, '$1 ')}`,
]

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

function seatsioFaults({ operation, status, said, requestId }: Told): string[] {
  const { surface } = operation
  const isError = status >= 400 && status !== 401 && status !== 403
  const body = (said ?? {}) as Record<string, unknown>
  return [
    ...(isDrawing(operation) || !hasNull(said) ? [] : ['a null in the answer']),
    ...(isError && body['status'] !== status ? ['the status in the body is another'] : []),
    ...(isError && body['requestId'] !== requestId ? ['requestId is not the header'] : []),
    ...(isError ? errorFaultsOf[surface](said) : []),
  ]
}

/** Whether a field is null; extra data may have lists with nulls in them. */
function hasNull(value: unknown): boolean {
  if (!isObject(value)) return false
  const fields = Object.values(value)
  return (!Array.isArray(value) && fields.includes(null)) || fields.some(hasNull)
}

/** As this surface reads: no body, null and `[]` are an object without fields, and a field of null is not given. */
function tidy(body: unknown): unknown {
  if (body === null || (Array.isArray(body) && body.length === 0)) return {}
  return withoutNulls(body)
}

/** Levels that are looked into: far more than any request may have, and fewer than there is stack for. */
const LEVELS_MAX = 1_000

function withoutNulls(value: unknown, level = 0): unknown {
  if (!isObject(value) || level > LEVELS_MAX) return value
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, level + 1))
  const given = Object.entries(value).filter(([, field]) => field !== null)
  return Object.fromEntries(
    given.map(([name, field]) => [
      name,
      isEmptyMap(name, field) ? {} : withoutNulls(field, level + 1),
    ]),
  )
}

/** One language cannot tell an empty map from an empty list. */
function isEmptyMap(name: string, field: unknown): boolean {
  const isMap = ['areaPlaces', 'extraData', 'objectCategories', 'tables'].includes(name)
  return isMap && Array.isArray(field) && field.length === 0
}

function messageIn(said: unknown): string {
  return (said as Errors)?.errors?.[0]?.message ?? ''
}

/** JSON, or undefined where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
