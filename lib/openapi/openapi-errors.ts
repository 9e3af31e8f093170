import * as z from 'zod'
import type { ZodOpenApiResponseObject } from 'zod-openapi'
import { toPascalCase } from '../http/casing.ts'
import { errorAnswers, type ErrorAnswer } from './error-answers.ts'
import type { Documented, SurfaceDocument } from './surface-document.ts'

type ErrorResponses = Record<`${4 | 5}${string}`, ZodOpenApiResponseObject>

/**
 * The error replies of each endpoint by status. What several endpoints answer alike is one object with a name, so that the
 * document holds it once.
 */
export function errorResponses(
  entries: readonly Documented[],
  document: SurfaceDocument,
): Map<Documented, ErrorResponses> {
  const groups = entries.flatMap((entry) => groupsOf(entry, document))
  const shared = sharedResponses(groups)
  const byEntry = new Map<Documented, ErrorResponses>()
  for (const { entry, status, name, response } of groups) {
    const responses = byEntry.get(entry) ?? {}
    responses[`${status}` as '400'] = shared.get(name) ?? response
    byEntry.set(entry, responses)
  }
  return byEntry
}

/** What an answer carries that says to come again. */
const retryHeaders = {
  'Retry-After': {
    required: true,
    description: 'Seconds until it is worth asking again.',
    schema: { type: 'integer' as const, minimum: 1 },
  },
}

interface Group {
  readonly entry: Documented
  readonly status: number
  /** Made of the names of its errors. */
  readonly name: string
  readonly response: ZodOpenApiResponseObject
}

function groupsOf(entry: Documented, document: SurfaceDocument): Group[] {
  const byStatus = new Map<number, ErrorAnswer[]>()
  for (const error of errorAnswers(entry.endpoint)) {
    const { status } = error.answer
    byStatus.set(status, [...(byStatus.get(status) ?? []), error])
  }
  return [...byStatus].map(([status, errors]) => ({
    entry,
    status,
    name: errors.map(({ name }) => toPascalCase(name)).join('Or'),
    response: {
      ...toResponse(errors, { document, own: ownExamples(entry, status) }),
      ...(status === 429 || status === 503 ? { headers: retryHeaders } : {}),
    },
  }))
}

type Shown = Record<string, { summary: string; value: object }>

/** The examples of this endpoint that end with that status. */
function ownExamples({ endpoint }: Documented, wanted: number): Shown {
  const examples = Object.entries(endpoint.examples ?? {})
  return Object.fromEntries(
    examples
      .filter(([, { status }]) => status === wanted)
      .map(([key, { summary, reply = {} }]) => [key, { summary, value: reply }]),
  )
}

/** An endpoint's own examples take the place of the samples of the same schema. */
function toResponse(
  errors: readonly ErrorAnswer[],
  { document, own }: { document: SurfaceDocument; own: Shown },
): ZodOpenApiResponseObject {
  const description = errors.map(({ when }) => when).join(' ')
  const bodies = errors.flatMap(({ name, when, answer: { body } }) =>
    body === undefined ? [] : [{ name, when, body, schema: schemaOf({ name, body }, document) }],
  )
  const examples: Shown = { ...own }
  for (const { name, when, body, schema } of bodies) {
    const isShown = Object.values(own).some(({ value }) => schema.safeParse(value).success)
    if (!isShown) examples[name] = { summary: when, value: body }
  }
  const schemas = [...new Set(bodies.map(({ schema }) => schema))]
  const [first, ...others] = schemas
  if (first === undefined) return { description: `${description} Without a body.` }
  return {
    description,
    content: {
      'application/json': { schema: others.length === 0 ? first : z.union(schemas), examples },
    },
  }
}

function schemaOf(
  { name, body }: { name: string; body: object },
  { errors }: SurfaceDocument,
): z.ZodType {
  const schema = Object.values(errors).find((it) => it.safeParse(body).success)
  if (schema === undefined) throw new Error(`No schema fits the error ${name}`)
  return schema
}

/** Those that look the same wherever they occur, and occur more than once. */
function sharedResponses(groups: readonly Group[]): Map<string, ZodOpenApiResponseObject> {
  const shared = new Map<string, ZodOpenApiResponseObject>()
  for (const name of new Set(groups.map((group) => group.name))) {
    const alike = groups.filter((group) => group.name === name)
    const texts = new Set(alike.map(({ response }) => textOf(response)))
    const [first] = alike
    if (first !== undefined && alike.length > 1 && texts.size === 1) {
      shared.set(name, { ...first.response, id: name })
    }
  }
  return shared
}

/** Description and examples tell responses apart; the schemas follow from their bodies. */
function textOf({ description, content }: ZodOpenApiResponseObject): string {
  return JSON.stringify([description, content?.['application/json']?.examples])
}
