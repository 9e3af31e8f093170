import { readdir } from 'node:fs/promises'
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda'
import { atEachPath, type Endpoint } from './endpoint.ts'
import { BATCH_MESSAGES_MAX } from '../limits/aws-limits.ts'

/** What API Gateway's REST proxy integration calls. */
export type ApiHandler = (
  event: APIGatewayProxyEvent,
  context: Context,
) => Promise<APIGatewayProxyResult>

/** What a queue, a stream or a timer calls. */
export type WorkerHandler = (event: unknown, context: Context) => Promise<unknown>

/** One file of `functions/<surface>/`, or of a room in there. */
export interface CatalogEntry {
  /** The file's name without its ending; also the name of the Lambda function within its surface. */
  readonly name: string
  /** The folder's name, equal to `endpoint.surface.name`. */
  readonly surface: string
  /** The file's path, with forward slashes, from the folder that holds `functions/`. */
  readonly file: string
  readonly endpoint: Endpoint
  readonly handler: ApiHandler
}

/** What calls a worker: the table's stream, with its records, a timer, or a queue, with its messages. */
export type Trigger =
  | { readonly kind: 'stream' }
  | { readonly kind: 'timer'; readonly everySeconds: number }
  | QueueTrigger

/** A queue's messages come in batches, several at a time; the worker answers which of them must come again. */
export interface QueueTrigger {
  readonly kind: 'queue'
  readonly queue: (typeof workerQueues)[number]
  /** Messages in one call at most. */
  readonly batchSize: number
  /** Calls under way at a time at most. */
  readonly concurrencyMax: number
}

/** Queues that call workers. */
export const workerQueues = ['timers', 'deliveries'] as const

/** One file of `functions/workers/`. */
export interface CatalogWorker {
  readonly trigger: Trigger
  readonly name: string
  readonly file: string
  readonly handler: WorkerHandler
}

/** Everything that is deployed, in a fixed order: by surface, then by file name. */
export interface Catalog {
  readonly endpoints: readonly CatalogEntry[]
  readonly workers: readonly CatalogWorker[]
}

/** A file in `functions/` that cannot be deployed as it stands. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError'
}

/** Where this repository keeps its functions. */
export const functionsFolder = new URL('../../functions/', import.meta.url)
const workersFolder = 'workers'

/**
 * Lists every function on disk: nothing is registered by hand. Refuses a file without its endpoint or handler, and paths
 * that one API Gateway REST API cannot hold together.
 */
export async function readCatalog(folder: URL = functionsFolder): Promise<Catalog> {
  const files = await listFunctionFiles(folder)
  const endpoints: CatalogEntry[] = []
  const workers: CatalogWorker[] = []
  for (const file of files) {
    const exported = (await import(new URL(file.path, folder).href)) as Record<string, unknown>
    if (file.folder === workersFolder) workers.push(toWorker(file, exported))
    else endpoints.push(toEntry(file, exported))
  }
  checkOlderPaths(endpoints)
  checkPaths(atEachPath(endpoints))
  return { endpoints, workers }
}

/** One file of `functions/`; its path starts below that folder. */
export interface FunctionFile {
  readonly folder: string
  readonly name: string
  readonly path: string
}

/**
 * Finds the files of `functions/<folder>/` and of the rooms in there without importing them, sorted by folder and name; a missing
 * folder is an empty one. A name counts once in a folder, whatever its room: functions are deployed under it.
 */
export async function listFunctionFiles(folder: URL = functionsFolder): Promise<FunctionFile[]> {
  const found: FunctionFile[] = []
  for (const folderName of await subfolders(folder)) {
    for (const entry of await readdir(new URL(`${folderName}/`, folder), { recursive: true })) {
      if (!entry.endsWith('.ts')) continue
      const path = `${folderName}/${entry.replaceAll('\\', '/')}`
      found.push({ folder: folderName, name: nameOf(path), path })
    }
  }
  found.sort((a, b) => (deployedName(a) < deployedName(b) ? -1 : 1))
  refuseEqualNames(found)
  return found
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.ts'.length)
}

const deployedName = ({ folder, name }: FunctionFile) => `${folder}/${name}`

function refuseEqualNames(files: readonly FunctionFile[]): void {
  for (const [place, file] of files.entries()) {
    const next = files[place + 1]
    if (next === undefined || deployedName(next) !== deployedName(file)) continue
    throw new CatalogError(
      `functions/${file.path} and functions/${next.path} have one name; both would be deployed under it.`,
    )
  }
}

async function subfolders(folder: URL): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function toEntry(file: FunctionFile, exported: Record<string, unknown>): CatalogEntry {
  const where = `functions/${file.path}`
  const endpoints = Object.values(exported).filter(isEndpoint)
  const [endpoint] = endpoints
  if (endpoint === undefined) throw new CatalogError(`${where} exports no endpoint.`)
  if (endpoints.length > 1) {
    throw new CatalogError(
      `${where} exports ${endpoints.length} endpoints; one file is one Lambda.`,
    )
  }
  if (endpoint.surface.name !== file.folder) {
    throw new CatalogError(
      `${where} holds an endpoint of the surface "${endpoint.surface.name}"; move it to functions/${endpoint.surface.name}/.`,
    )
  }
  const handler = handlerOf(where, exported) as ApiHandler
  return { name: file.name, surface: file.folder, file: where, endpoint, handler }
}

function toWorker(file: FunctionFile, exported: Record<string, unknown>): CatalogWorker {
  const where = `functions/${file.path}`
  const handler = handlerOf(where, exported) as WorkerHandler
  return { name: file.name, file: where, trigger: triggerOf(where, exported), handler }
}

function triggerOf(where: string, { trigger }: Record<string, unknown>): Trigger {
  const { kind, everySeconds, queue, ...rest } = (trigger ?? {}) as Record<string, unknown>
  if (kind === 'stream') return { kind }
  const named = workerQueues.find((name) => name === queue)
  if (kind === 'queue' && named !== undefined) {
    const [batchSize, concurrencyMax] = [rest['batchSize'], rest['concurrencyMax']]
    const isSized =
      isCount(batchSize, BATCH_MESSAGES_MAX) && isCount(concurrencyMax, 1000) && concurrencyMax > 1
    if (isSized) return { kind, queue: named, batchSize, concurrencyMax }
  }
  const isTimer = kind === 'timer' && typeof everySeconds === 'number' && everySeconds > 0
  if (isTimer) return { kind, everySeconds }
  throw new CatalogError(
    `${where} exports no trigger: what calls it, the stream, a timer or a queue.`,
  )
}

/** What Lambda takes: such batches without waiting for more, and 2 to 1,000 calls at a time. */
function isCount(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= max
}

function handlerOf(where: string, exported: Record<string, unknown>): unknown {
  const handler = exported['handler']
  if (typeof handler === 'function') return handler
  throw new CatalogError(`${where} exports no function named handler.`)
}

function isEndpoint(value: unknown): value is Endpoint {
  if (typeof value !== 'object' || value === null) return false
  if (!('method' in value && 'path' in value && 'surface' in value)) return false
  const { method, path, surface } = value
  if (typeof method !== 'string' || typeof path !== 'string') return false
  return typeof surface === 'object' && surface !== null && 'name' in surface
}

/** Variables are read from the end of the path that was sent, by the names of the endpoint's own path. */
function checkOlderPaths(endpoints: readonly CatalogEntry[]): void {
  for (const { endpoint, file } of endpoints) {
    const own = variablesFromTheEnd(endpoint.path)
    const other = endpoint.alsoAt?.find((path) => variablesFromTheEnd(path) !== own)
    if (other === undefined) continue
    throw new CatalogError(`${file}: the variables of ${other} are not those of ${endpoint.path}.`)
  }
}

function variablesFromTheEnd(path: string): string {
  const segments = path.split('/').reverse()
  return segments.flatMap((name, place) => (name.startsWith('{') ? `${place}${name}` : [])).join()
}

/** Each surface is one REST API, so its paths must form one tree of resources. */
function checkPaths(endpoints: readonly CatalogEntry[]): void {
  const claims = new Map<string, string>()
  const variables = new Map<string, { name: string; file: string }>()
  for (const { endpoint, surface, file } of endpoints) {
    const route = `${endpoint.method} ${endpoint.path}`
    claim(claims, `${surface} ${route}`, { route, file })
    let parent = surface
    for (const segment of segmentsOf(endpoint.path, file)) {
      if (segment.startsWith('{')) checkSibling(variables, parent, { name: segment, file })
      parent = `${parent}/${segment}`
    }
  }
}

function claim(
  claims: Map<string, string>,
  key: string,
  { route, file }: { route: string; file: string },
): void {
  const other = claims.get(key)
  if (other !== undefined) throw new CatalogError(`${other} and ${file} both claim ${route}.`)
  claims.set(key, file)
}

function segmentsOf(path: string, file: string): string[] {
  if (!path.startsWith('/'))
    throw new CatalogError(`${file}: the path ${path} must start with "/".`)
  const segments = path === '/' ? [] : path.slice(1).split('/')
  for (const [index, segment] of segments.entries()) {
    if (segment === '') throw new CatalogError(`${file}: the path ${path} has an empty segment.`)
    if (!/[{}]/.test(segment)) continue
    if (!/^\{\w+\+?\}$/.test(segment)) {
      throw new CatalogError(
        `${file}: the segment ${segment} of ${path} mixes text and a variable.`,
      )
    }
    if (segment.endsWith('+}') && index < segments.length - 1) {
      throw new CatalogError(`${file}: the greedy variable ${segment} of ${path} must come last.`)
    }
  }
  return segments
}

function checkSibling(
  variables: Map<string, { name: string; file: string }>,
  parent: string,
  variable: { name: string; file: string },
): void {
  const other = variables.get(parent)
  if (other === undefined) variables.set(parent, variable)
  else if (other.name !== variable.name) {
    throw new CatalogError(
      `${other.file} names a path variable ${other.name}, ${variable.file} names it ${variable.name}; API Gateway allows one name at one position.`,
    )
  }
}
