import type { CatalogEntry } from '../../lib/http/catalog.ts'
import { atEachPath } from '../../lib/http/endpoint.ts'
import { buildOpenApi } from '../../lib/openapi/openapi.ts'
import { seatsioDocument } from '../../lib/seatsio/document.ts'
import type { CallGroup } from './contract-calls/contract-calls.ts'
import { seatbuilderCalls } from './contract-calls/seatbuilder.ts'
import { seatsioCalls } from './contract-calls/seatsio.ts'
import { seatsioClientFields } from './contract-calls/seatsio-client.ts'

const intro = `# Compatibility

Which calls of the two APIs are served, and which are not yet. Written by \`npm run openapi\` from the endpoints: a call is served
when there is an endpoint of its method and path. What each call takes and answers is in the documents of the APIs,
[openapi/seatbuilder.json](openapi/seatbuilder.json) and [openapi/seatsio.json](openapi/seatsio.json); what of a call is not
there yet is in [seatsio.md](seatsio.md). The front-end of seats.io has an interface of its own: [seat-map.md](seat-map.md).
`

/** Everything that both contracts have, by the surface that serves it. */
export const contracts: Readonly<
  Record<string, { readonly title: string; readonly groups: readonly CallGroup[] }>
> = {
  seatbuilder: { title: 'SeatBuilder', groups: seatbuilderCalls },
  seatsio: { title: 'seats.io', groups: seatsioCalls },
}

/** Tells of every call of both contracts whether it is served. */
export function describeCompatibility(entries: readonly CatalogEntry[]): string {
  const sections = Object.entries(contracts).map(([surface, { title, groups }]) => {
    const served = servedBy(entries.filter((entry) => entry.surface === surface))
    const calls = groups.flatMap((group) => group.calls.map(([call]) => call))
    const count = calls.filter((call) => served.has(nameless(call))).length
    const tables = groups.map((group) => describeGroup(group, served))
    const more = describeMore(served, calls)
    return [`## ${title}`, `${count} of ${calls.length} calls are served.`, ...tables, more].join(
      '\n\n',
    )
  })
  return [intro, ...sections, describeFields(entries)].join('\n')
}

/** Tells of fields of the vendor's current client whether the document of their call has them. */
function describeFields(entries: readonly CatalogEntry[]): string {
  const ofSeatsio = entries.filter(({ surface }) => surface === 'seatsio')
  const document = buildOpenApi(ofSeatsio, seatsioDocument)
  const served = servedBy(ofSeatsio)
  const rows = seatsioClientFields.map(({ call, field, says }) => {
    const [method = '', path = ''] = (served.get(nameless(call)) ?? '').split(' ')
    const operation = document.paths?.[path]?.[method.toLowerCase() as 'get']
    const isServed = namesIn(operation, document).has(field)
    return [`\`${call}\``, `\`${field}\``, says, isServed ? 'served' : 'not yet']
  })
  const head = ['call', 'field', 'what it says', '']
  return `### Fields of the vendor's current client\n\n${toTable(head, rows)}\n`
}

/** Everything that a part of a document gives a name to: parameters, and fields at any depth. */
function namesIn(part: unknown, document: object, seen = new Set<unknown>()): Set<string> {
  if (typeof part !== 'object' || part === null || seen.has(part)) return new Set()
  seen.add(part)
  const { $ref, name, properties } = part as {
    $ref?: unknown
    name?: unknown
    properties?: object
  }
  const own = [name, ...Object.keys(properties ?? {})].filter((it) => typeof it === 'string')
  const meant = typeof $ref === 'string' ? [resolve($ref, document)] : []
  const within: unknown[] = Object.values(part)
  const inner = [...within, ...meant].flatMap((it) => [...namesIn(it, document, seen)])
  return new Set([...own, ...inner])
}

function resolve(ref: string, document: object): unknown {
  const steps = ref.split('/').slice(1)
  return steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document)
}

function describeGroup({ title, calls }: CallGroup, served: ReadonlyMap<string, string>): string {
  const rows = calls.map(([call, purpose]) => [
    `\`${call}\``,
    purpose,
    served.has(nameless(call)) ? 'served' : 'not yet',
  ])
  return `### ${title}\n\n${toTable(['call', 'what it does', ''], rows)}`
}

/** What is served beyond the contract. */
function describeMore(served: ReadonlyMap<string, string>, calls: readonly string[]): string {
  const known = new Set(calls.map(nameless))
  const more = [...served].filter(([call]) => !known.has(call)).map(([, route]) => `- \`${route}\``)
  return `Beyond the contract:\n\n${more.join('\n')}\n`
}

/** Every route by its call, whatever the variables are called. */
function servedBy(entries: readonly CatalogEntry[]): Map<string, string> {
  const routes = atEachPath(entries)
    .filter(({ endpoint }) => endpoint.method !== 'ANY')
    .flatMap(({ endpoint: { method, path, endings = {} } }) =>
      ['', ...Object.keys(endings)].map((ending) => `${method} ${path}${ending}`),
    )
  return new Map(routes.sort().map((route) => [nameless(route), route]))
}

function nameless(call: string): string {
  return call.replace(/\{[^}]*\}/g, '{}')
}

/** A table whose columns are as wide as what is in them. */
function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
