import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { readCatalog } from '../../../lib/http/catalog.ts'
import { openApis, type SurfaceName } from '../../support/openapi.ts'
import { plainestCall, type PlainestCall } from '../../support/plainest.ts'

const { endpoints } = await readCatalog()

/** What a writer of clients makes of the generated types: a call has the parameters and the body that its operation has. */
const clientTypes = `
import type { operations } from './generated'
type Part<Given, Name extends string> = Name extends keyof Given ? Exclude<Given[Name], undefined> : unknown
type Parameters<Id extends keyof operations> = operations[Id]['parameters']
type Body<Id extends keyof operations> = Part<Part<Part<operations[Id], 'requestBody'>, 'content'>, 'application/json'>
type Without<Id extends keyof operations> = operations[Id] extends { requestBody: object } ? never : undefined
type Call<Id extends keyof operations> = { parameters: Pick<Parameters<Id>, keyof Parameters<Id>>; body: Body<Id> | Without<Id> }
`

/** What narrows where the wire says which it is. */
const narrowing = `
import type { components } from './generated'
type Refused = components['schemas']['SeatsRefused'] | components['schemas']['Error']
export const failed = (error: Refused) => (error.code === 'seats_refused' ? error.failed : error.message)
export const name = (layout: components['schemas']['LayoutReply']) => [layout.name, layout.categories]
`

function clientOf(calls: readonly PlainestCall[]): string {
  const lines = calls.flatMap(({ operationId, path, query, body, hasBody }) => {
    const parameters = {
      ...(Object.keys(path).length === 0 ? {} : { path }),
      ...(Object.keys(query).length === 0 ? {} : { query }),
    }
    return [
      `export const ${operationId}: Call<'${operationId}'> = { parameters: ${JSON.stringify(parameters)}, body: ${body === undefined ? 'undefined' : JSON.stringify(body)} }`,
      // What is of any type would compile whatever is sent.
      ...(hasBody
        ? ['// @ts-expect-error', `export const no_${operationId}: Body<'${operationId}'> = 1`]
        : []),
    ]
  })
  return `${clientTypes}${lines.join('\n')}\n`
}

async function generate(surface: SurfaceName): Promise<string> {
  return astToString(await openapiTS(JSON.stringify(openApis[surface])))
}

test.each(['seatbuilder', 'seatsio'] as const)(
  'a client that is generated from the document of %s takes the plainest request of every call',
  async (surface) => {
    const calls = endpoints
      .filter((entry) => entry.surface === surface && entry.endpoint.method !== 'ANY')
      .map(plainestCall)
    expect(calls.length).toBeGreaterThan(25)
    const faults = compile({
      'generated.d.ts': await generate(surface),
      'client.ts': clientOf(calls),
      ...(surface === 'seatbuilder' ? { 'narrowing.ts': narrowing } : {}),
    })
    expect(faults).toEqual([])
  },
  120_000,
)

test('a field that is said to be needed, and is not, is seen', async () => {
  const calls = endpoints.filter(({ name }) => name === 'hold-seats').map(plainestCall)
  const types = await generate('seatbuilder')
  const spoilt = types.replace('categoryKey?: string', 'categoryKey: string')
  expect(spoilt).not.toBe(types)
  const faults = compile({ 'generated.d.ts': spoilt, 'client.ts': clientOf(calls) })
  expect(faults.join()).toContain('categoryKey')
})

/** What the strictest compiler says of some files that only exist in memory. */
function compile(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }
  const host = ts.createCompilerHost(options)
  const onDisk = ts.createCompilerHost(options)
  const own = (path: string) => files[path.slice(path.lastIndexOf('/') + 1)]
  host.fileExists = (path) => own(path) !== undefined || onDisk.fileExists(path)
  host.readFile = (path) => own(path) ?? onDisk.readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const text = own(path)
    return text === undefined
      ? onDisk.getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, text, version)
  }
  const program = ts.createProgram(Object.keys(files), options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}
