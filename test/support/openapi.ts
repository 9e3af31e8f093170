import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as ajvFormats from 'ajv-formats'
import type { oas31 } from 'zod-openapi'
import { readCatalog } from '../../lib/http/catalog.ts'
import { buildOpenApi } from '../../lib/http/openapi.ts'
import { seatbuilderDocument } from '../../lib/seatbuilder/document.ts'

const { endpoints } = await readCatalog()

/** The document as the sources make it. */
export const openApi = buildOpenApi(
  endpoints.filter(({ surface }) => surface === 'seatbuilder'),
  seatbuilderDocument,
)

/** One operation of the document, with its references resolved. */
export interface DocumentedOperation {
  readonly method: string
  readonly path: string
  readonly operationId: string
  readonly parameters: readonly oas31.ParameterObject[]
  readonly requestExamples: Readonly<Record<string, unknown>>
  readonly replies: readonly DocumentedReply[]
}

/** One status that an operation may answer with. */
export interface DocumentedReply {
  readonly status: number
  readonly examples: Readonly<Record<string, unknown>>
  /** What the body breaks of the documented schema; empty if nothing. */
  readonly faultsOf: (body: unknown) => readonly string[]
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
// The package is CommonJS: its default export is a field of a field.
;(ajvFormats as unknown as { default: { default: (to: Ajv2020) => void } }).default.default(ajv)
ajv.addSchema({ $id: 'document', ...openApi })

/** Every operation of the document. */
export function documentedOperations(): DocumentedOperation[] {
  return Object.entries(openApi.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, oas31.OperationObject>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: operation.operationId ?? '',
      parameters: (operation.parameters ?? []) as oas31.ParameterObject[],
      requestExamples: examplesIn(
        (operation.requestBody as oas31.RequestBodyObject | undefined)?.content,
      ),
      replies: Object.entries(operation.responses ?? {}).map(([status, reply]) =>
        toReply(Number(status), resolve(reply as oas31.ResponseObject)),
      ),
    })),
  )
}

function toReply(status: number, { content }: oas31.ResponseObject): DocumentedReply {
  const schema = content?.['application/json']?.schema ?? false
  const validate: ValidateFunction = ajv.compile(absolute(schema))
  const faultsOf = (body: unknown) => {
    validate(body)
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    )
  }
  return { status, examples: examplesIn(content), faultsOf }
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

function resolve(reply: oas31.ResponseObject | oas31.ReferenceObject): oas31.ResponseObject {
  if (!('$ref' in reply)) return reply
  const name = reply.$ref.replace('#/components/responses/', '')
  const found = openApi.components?.responses?.[name]
  if (found === undefined) throw new Error(`No response ${name}`)
  return found as oas31.ResponseObject
}

/** References within the document, as ajv finds them from outside. */
function absolute(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object
}
