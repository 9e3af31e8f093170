import { SourceMap, type SourceMapPayload } from 'node:module'
import type { Profiler } from 'node:inspector'

// Where the time of a function goes: each look of the profiler counts for the layer of the innermost frame that belongs to one, so that
// what Node.js does counts for whoever asked for it.

/** Parts of a function, each with the sources that are its own; the first that fits counts. */
const LAYERS = [
  ['Collecting garbage', /^\(garbage collector\)/],
  ['SDK: signing', /signature-v4|httpAuthSchemes|middleware-http-(signing|auth)|checksum/],
  [
    'HTTP to the table, network',
    /node-http-handler|wire\/request-handler|node:(_http|net|tls|_tls|internal\/(streams|http|tls|net|dtls|stream_base))/,
  ],
  [
    'Marshalling and JSON of the table',
    /lib-dynamodb|util-dynamodb|dynamodb-codec|table\/(attributes|documents)|submodules\/(protocols|schema|serde|cbor)/,
  ],
  ['SDK: chain of middleware', /node_modules\/@(smithy|aws-sdk)\//],
  ['Schemas (zod)', /node_modules\/zod\//],
  ['middy', /node_modules\/@middy\//],
  [
    'Gateway shape, keys, parsing, answer',
    /lib\/(http|open|tally|metrics|seatbuilder)|functions\//,
  ],
  ['Rules and terms', /lib\/(rules|venue)\//],
  ['Actions and store', /lib\//],
] as const

/** What no layer asked for: promises, timers, the compiler. */
export const REST = 'Node.js itself'

/** Names of the layers, in their order. */
export const layerNames: readonly string[] = [...LAYERS.map(([name]) => name), REST]

/** Milliseconds by layer. */
export function timeByLayer(
  profile: Profiler.Profile,
  map: SourceMapPayload,
): ReadonlyMap<string, number> {
  const sources = new SourceMap(map)
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map<number, number>()
  for (const { id, children = [] } of profile.nodes) {
    for (const child of children) parents.set(child, id)
  }
  const layerOf = (id: number | undefined): string => {
    const node = id === undefined ? undefined : nodes.get(id)
    if (node === undefined) return REST
    const source = sourceOf(node, sources)
    const [name] = LAYERS.find(([, pattern]) => pattern.test(source)) ?? []
    return name ?? layerOf(parents.get(node.id))
  }
  const times = new Map<string, number>()
  const { samples = [], timeDeltas = [] } = profile
  for (const [at, id] of samples.entries()) {
    if (IDLE.has(nodes.get(id)?.callFrame.functionName ?? '')) continue
    const layer = layerOf(id)
    times.set(layer, (times.get(layer) ?? 0) + (timeDeltas[at] ?? 0) / 1000)
  }
  return times
}

/** Waiting for the table, and starting to look. */
const IDLE = new Set(['(idle)', 'dispatch'])

function sourceOf({ callFrame }: Profiler.ProfileNode, sources: SourceMap): string {
  const { url, functionName, lineNumber, columnNumber } = callFrame
  if (!url.endsWith('/index.mjs')) return url === '' ? functionName : url
  const entry = sources.findEntry(lineNumber, columnNumber)
  return 'originalSource' in entry ? entry.originalSource : url
}
