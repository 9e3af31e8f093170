import validations from 'dynalite/validations/index.js'
import { systemClock } from '@holdfast/embedded/clock'
import type { Clock } from '@holdfast/embedded/clock'
import { checkConstraints } from './requests/constraints.ts'
import { rememberParsing } from './expressions/parse-once.ts'
import { ApiError, serviceError, validationError } from './errors.ts'
import { LostAnswerError } from '@holdfast/embedded/faults'
import { refusalFor } from './faults.ts'
import type { Fault } from './faults.ts'
import { operations } from './operations.ts'
import type { Operation } from './operations.ts'
import { copyRequest } from './requests/request-copy.ts'
import { openStore, tableNameOf } from './store.ts'
import type { Store } from './store.ts'
import { forgetRead } from './streams/stream-actions.ts'
import { sweep } from './tables/sweep.ts'
import { expireItems } from './tables/time-to-live.ts'

export type { Fault } from './faults.ts'

export interface EngineOptions {
  /** All time comes from it; the machine's clock when absent. */
  clock?: Clock
  /** The folder of durable data; data lives in memory when absent. */
  path?: string
  /** Told of a write that failed, on a full disk for one: from then on, every write is refused. */
  onWriteFailure?: (error: unknown) => void
  /** Written into ARNs and stream records. */
  region?: string
  accountId?: string
}

export interface Answer {
  status: number
  body: object
}

export interface Engine {
  /** Answers one API call, e.g. target 'DynamoDB_20120810.PutItem'. */
  call(target: string, input: unknown): Promise<Answer>
  /** Asked before each call; tests set it to provoke faults. */
  inject: ((call: { operation: string; input: unknown }) => Fault | undefined) | undefined
  /** Deletes items whose TTL has passed; answers how many. */
  expireItems(): Promise<number>
  /** Deletes the records of a stream up to one that its reader is done with, but for the latest. */
  forgetRead(streamArn: string, sequenceNumber: string): Promise<void>
  close(): Promise<void>
}

/** Opens an embedded DynamoDB. `call` rejects only for a lost answer or a bug. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { clock = systemClock, region = 'us-east-1', accountId = '000000000000' } = options
  const { path, onWriteFailure = () => undefined } = options
  return engineOver(await openStore(clock, { region, accountId }, { path, onWriteFailure }))
}

/** The same operations over a store that is open already. */
export function engineOver(store: Store): Engine {
  rememberParsing()
  const engine: Engine = {
    inject: undefined,
    async call(target, input) {
      try {
        return { status: 200, body: await answer(engine, store, { target, input }) }
      } catch (error) {
        return refusal(error)
      }
    },
    async expireItems() {
      await sweep(store)
      return expireItems(store)
    },
    forgetRead: (streamArn, sequenceNumber) => forgetRead(store, streamArn, sequenceNumber),
    close: () => store.exclusively(() => store.close()),
  }
  return engine
}

/** The operation a target names, e.g. 'DynamoDB_20120810.PutItem'. */
export function findOperation(target: string): Operation | undefined {
  const [api = '', name = '', ...more] = target.split('.')
  const found = Object.hasOwn(operations, api) ? operations[api] : undefined
  return found !== undefined && more.length === 0 && Object.hasOwn(found, name)
    ? found[name]
    : undefined
}

async function answer(
  engine: Engine,
  store: Store,
  { target, input }: { target: string; input: unknown },
): Promise<object> {
  const operation = findOperation(target)
  if (operation === undefined) throw serviceError('UnknownOperationException')
  const name = target.split('.')[1] ?? ''
  const fault = engine.inject?.({ operation: name, input })
  const refused = fault && refusalFor(fault, name, input)
  if (refused !== undefined) throw refused
  if (fault === 'lost-before') throw new LostAnswerError()
  const body = await operation.run(store, parseRequest(operation, input))
  if (fault === 'lost-after') throw new LostAnswerError()
  return body
}

/** Checks the request's types and rules; the parsed expressions are added to the copy it answers. */
export function parseRequest({ schema }: Operation, input: unknown): never {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw serviceError('SerializationException')
  }
  const copy = copyRequest(input)
  const unserved = schema.unserved?.find((name) => copy[name] !== undefined)
  if (unserved !== undefined) throw validationError(`${unserved} is not served here.`)
  const data = validations.checkTypes(plainNames(copy), schema.types)
  if (data['TableName'] === '') throw validationError(emptyName)
  checkConstraints(data, schema.types)
  const message = schema.custom?.(data as never)
  if (message !== undefined) throw validationError(message)
  return data as never
}

const emptyName =
  "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: " +
  'Member must have length greater than or equal to 1'

/** A table may be named by its ARN; from here on it has its plain name. */
function plainNames(input: object): object {
  const plain = (part: { TableName?: unknown }) => {
    if (typeof part.TableName === 'string') part.TableName = tableNameOf(part.TableName)
  }
  plain(input)
  const { TransactItems: items } = input as { TransactItems?: unknown }
  for (const item of Array.isArray(items) ? (items as unknown[]) : []) {
    for (const part of Object.values(item ?? {})) plain((part ?? {}) as object)
  }
  return input
}

function refusal(error: unknown): Answer {
  if (error instanceof ApiError) return { status: error.status, body: error.body }
  // dynalite's validations throw errors that carry their answer.
  if (error instanceof Error && 'statusCode' in error && 'body' in error) {
    return { status: Number(error.statusCode), body: error.body as object }
  }
  throw error
}
