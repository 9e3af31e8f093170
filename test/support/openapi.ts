import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as ajvFormats from 'ajv-formats'
import type { oas31 } from 'zod-openapi'
import { readCatalog } from '../../lib/http/catalog.ts'
import { buildOpenApi } from '../../lib/openapi/openapi.ts'
import { seatbuilderDocument } from '../../lib/seatbuilder/document.ts'
import { seatsioDocument } from '../../lib/seatsio/document.ts'

const { endpoints } = await readCatalog()

const entriesOf = (wanted: string) => endpoints.filter(({ surface }) => surface === wanted)

/** The documents as the sources make them, by surface. */
export const openApis = {
  seatbuilder: buildOpenApi(entriesOf('seatbuilder'), seatbuilderDocument),
  seatsio: buildOpenApi(entriesOf('seatsio'), seatsioDocument),
}

export type SurfaceName = keyof typeof openApis

/** The document of SeatBuilder's surface. */
export const openApi = openApis.seatbuilder

/** One operation of the document, with its references resolved. */
export interface DocumentedOperation {
  readonly surface: SurfaceName
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly tag: string
  /** Where it stands on the page, within its tag. */
  readonly storyPlace: number
  readonly parameters: readonly oas31.ParameterObject[]
  readonly requestExamples: Readonly<Record<string, unknown>>
  /** The kinds of key that open it; none where it needs no key. */
  readonly keys: readonly string[]
  /** Whether it refuses a request without a body. */
  readonly needsBody: boolean
  /** Schema of the body, with its references resolved; undefined where there is none. */
  readonly requestSchema: RequestSchema | undefined
  /** What a body breaks of that schema. */
  readonly requestFaultsOf: (body: unknown) => readonly string[]
  readonly replies: readonly DocumentedReply[]
}

/** JSON schema, as far as requests use it. */
export interface RequestSchema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, RequestSchema>>
  readonly required?: readonly string[]
  readonly items?: RequestSchema
  readonly anyOf?: readonly RequestSchema[]
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

/** One status that an operation may answer with. */
export interface DocumentedReply {
  readonly status: number
  readonly hasBody: boolean
  readonly examples: Readonly<Record<string, unknown>>
  /** What the body breaks of the documented schema; empty if nothing. */
  readonly faultsOf: (body: unknown) => readonly string[]
}

/** One document, and what checks values against it. */
interface Checked {
  readonly document: oas31.OpenAPIObject
  readonly ajv: Ajv2020
}

const checkedBy = {
  seatbuilder: checkedOver(openApis.seatbuilder),
  seatsio: checkedOver(openApis.seatsio),
} satisfies Record<SurfaceName, Checked>

/** Every operation of a document. */
export function documentedOperations(surface: SurfaceName = 'seatbuilder'): DocumentedOperation[] {
  const checked = checkedBy[surface]
  return Object.entries(checked.document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, oas31.OperationObject>).map(([method, operation]) => ({
      surface,
      method: method.toUpperCase(),
      path,
      operationId: operation.operationId ?? '',
      tag: operation.tags?.[0] ?? '',
      storyPlace: Number(operation['x-story-place' as keyof oas31.OperationObject]),
      parameters: (operation.parameters ?? []) as oas31.ParameterObject[],
      requestExamples: examplesIn(
        (operation.requestBody as oas31.RequestBodyObject | undefined)?.content,
      ),
      keys: (operation.security ?? []).flatMap((scheme) => Object.keys(scheme)),
      ...requestOf(checked, operation),
      replies: Object.entries(operation.responses ?? {}).map(([status, reply]) =>
        toReply(checked, Number(status), resolve(checked, reply as oas31.ResponseObject)),
      ),
    })),
  )
}

/** What a value breaks of the schema of a surface's errors; empty if nothing. */
export const errorFaultsOf = {
  seatbuilder: errorFaultsIn('seatbuilder'),
  seatsio: errorFaultsIn('seatsio'),
} satisfies Record<SurfaceName, unknown>

function errorFaultsIn(surface: SurfaceName): (value: unknown) => readonly string[] {
  return faultFinder(checkedBy[surface].ajv.compile({ $ref: 'document#/components/schemas/Error' }))
}

function checkedOver(document: oas31.OpenAPIObject): Checked {
  return { document, ajv: newAjv(document) }
}

function newAjv(document: oas31.OpenAPIObject): Ajv2020 {
  const made = new Ajv2020({ strict: false, allErrors: true })
  // The package is CommonJS: its default export is a field of a field.
  ;(ajvFormats as unknown as { default: { default: (to: Ajv2020) => void } }).default.default(made)
  made.addSchema({ $id: 'document', ...document })
  return made
}

function requestOf(
  { document, ajv }: Checked,
  operation: oas31.OperationObject,
): Pick<DocumentedOperation, 'needsBody' | 'requestSchema' | 'requestFaultsOf'> {
  const body = operation.requestBody as oas31.RequestBodyObject | undefined
  const schema = body?.content['application/json']?.schema
  const needsBody = body?.required === true
  if (schema === undefined) {
    return { needsBody, requestSchema: undefined, requestFaultsOf: () => [] }
  }
  return {
    needsBody,
    requestSchema: inline(document, schema) as RequestSchema,
    requestFaultsOf: faultFinder(ajv.compile(absolute(schema))),
  }
}

function faultFinder(validate: ValidateFunction): (value: unknown) => readonly string[] {
  return (value) => {
    validate(value)
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    )
  }
}

/** Puts what is referred to in the place of references. */
function inline(document: oas31.OpenAPIObject, schema: unknown): unknown {
  const text = JSON.stringify(schema, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$ref' in value)) return value
    const name = String(value.$ref).replace('#/components/schemas/', '')
    return document.components?.schemas?.[name]
  })
  return JSON.parse(text)
}

function toReply(
  { ajv }: Checked,
  status: number,
  { content }: oas31.ResponseObject,
): DocumentedReply {
  const schema = content?.['application/json']?.schema ?? content === undefined
  const faultsOf = faultFinder(ajv.compile(absolute(schema)))
  return { status, hasBody: content !== undefined, examples: examplesIn(content), faultsOf }
}

function examplesIn(content: oas31.ContentObject | undefined): Record<string, unknown> {
  const examples = content?.['application/json']?.examples ?? {}
  return Object.fromEntries(
    Object.entries(examples).map(([name, example]) => [
      name,
      'value' in example ? (example.value as unknown) : undefined,
    ]),
  )
}

function resolve(
  { document }: Checked,
  reply: oas31.ResponseObject | oas31.ReferenceObject,
): oas31.ResponseObject {
  if (!('$ref' in reply)) return reply
  const name = reply.$ref.replace('#/components/responses/', '')
  const found = document.components?.responses?.[name]
  if (found === undefined) throw new Error(`No response ${name}`)
  return found as oas31.ResponseObject
}

/** References within the document, as ajv finds them from outside. */
function absolute(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object
}
