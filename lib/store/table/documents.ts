import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { assert } from '../../faults.ts'
import { countConsumed } from './consumed.ts'
import { readAttribute, writeAttribute } from './attributes.ts'
import { isThrottled, type SdkError } from './failures.ts'
import { doOnce, hashAtOnce } from '../wire/once.ts'

// The SDK's document client makes the chain of middleware anew for every command, with the marshalling of that command in it. Here
// documents are turned into attribute values outside of the chain, so that the SDK keeps one chain for each kind of command.

/** What nobody here reads: the SDK's own name, a mark against functions that call themselves, and a log. */
export const UNNEEDED = [
  'getUserAgentMiddleware',
  'recursionDetectionMiddleware',
  'loggerMiddleware',
] as const

/** How a client is opened. */
export interface DocumentsOptions {
  readonly config: DynamoDBClientConfig
  /** Attempts of one command, the first included. */
  readonly attemptsMax: number
}

/** Opens a document client. */
export function openDocuments({ config, attemptsMax }: DocumentsOptions): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    // One role in one account: whose endpoint it is need not be asked for each request.
    accountIdEndpointMode: 'disabled',
    sha256: hashAtOnce as never,
    ...config,
    cacheMiddleware: true,
    retryMode: 'standard',
    maxAttempts: attemptsMax,
  })
  for (const name of UNNEEDED) client.middlewareStack.remove(name)
  doOnce(client)
  leaveThrottled(client)
  countConsumed(client)
  const send = (command: object) => client.send(command as never)
  const { config: resolved, middlewareStack } = client
  return Object.assign(documentsOver(send), { config: resolved, middlewareStack })
}

/** Keeps a client from waiting by itself for room in the store: a request's patience would be spent unseen. */
function leaveThrottled(client: DynamoDBClient): void {
  const { retryStrategy } = client.config
  const make = async (): Promise<RetryStrategyV2> => {
    const strategy = await retryStrategy()
    assert('refreshRetryTokenForRetry' in strategy, 'the SDK retries in a way of its own')
    return {
      acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
      refreshRetryTokenForRetry: async (token, info) => {
        if (isThrottled(info.error as SdkError)) throw new Error('Throttled')
        return strategy.refreshRetryTokenForRetry(token, info)
      },
      recordSuccess: (token) => {
        strategy.recordSuccess(token)
      },
    }
  }
  let made: Promise<RetryStrategyV2> | undefined
  client.config.retryStrategy = () => (made ??= make())
}

type RetryStrategyV2 = Exclude<
  Awaited<ReturnType<DynamoDBClient['config']['retryStrategy']>>,
  { mode?: string; retry: unknown }
>

/** A command of attribute values: its schema begins with a mark, a namespace and the name of the operation. */
export interface AttributeCommand {
  input: unknown
  readonly schema: readonly [mark: unknown, namespace: unknown, name: string]
}

/** A document client over whatever answers commands of attribute values. */
export function documentsOver(
  answer: (command: AttributeCommand) => Promise<object>,
): DynamoDBDocumentClient {
  const send = async ({ clientCommand, input, ...nodes }: DocumentCommand) => {
    clientCommand.input = converted(input, nodes.inputKeyNodes, writeAttribute)
    return converted(await answer(clientCommand), nodes.outputKeyNodes, readAttribute as Convert)
  }
  return { send } as unknown as DynamoDBDocumentClient
}

/** A command of documents, as the SDK makes it. */
interface DocumentCommand {
  readonly input: object
  /** The same command of attribute values. */
  readonly clientCommand: AttributeCommand
  readonly inputKeyNodes: Nodes
  readonly outputKeyNodes: Nodes
}

/** Where documents are: here, in every field of what is here, or further down in all of its fields or in those that are named. */
type Nodes = { readonly [name: string]: Nodes } | readonly never[] | null

type Convert = (value: unknown) => unknown

/** A copy, as deep as documents are in it, in which they are converted; what is not given stays away. */
function converted(value: unknown, nodes: Nodes, convert: Convert): unknown {
  if (value === undefined) return undefined
  if (nodes === null) return convert(value)
  if (typeof value !== 'object' || value === null) return value
  const names = Object.keys(nodes)
  if (names.length === 0) return mapped(value, convert)
  const all = (nodes as Record<string, Nodes>)['*']
  if (all !== undefined) return mapped(value, (part) => converted(part, all, convert))
  const copy: Record<string, unknown> = { ...value }
  for (const name of names) {
    const part = copy[name]
    if (part === undefined) continue
    copy[name] = converted(part, (nodes as Record<string, Nodes>)[name] ?? null, convert)
  }
  return copy
}

function mapped(value: object, convert: Convert): unknown {
  if (Array.isArray(value)) return value.map(convert)
  const copy: Record<string, unknown> = {}
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    if (part !== undefined) copy[name] = convert(part)
  }
  return copy
}
