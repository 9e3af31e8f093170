import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb'
import { partitionStarts } from '../../lib/store/table/partitions.ts'
import { denialOf } from './iam/guard.ts'

/** One call that reached DynamoDB. */
export interface Call {
  readonly operation: string
  readonly input: Record<string, unknown>
  readonly status: number
  /** Capacity units that the answer says it took. */
  readonly units: number
}

/** Every call to DynamoDB, in order. */
export interface CallRecord {
  readonly handler: NonNullable<DynamoDBClientConfig['requestHandler']>
  readonly all: readonly Call[]
  clear(): void
  /** How many calls read, and how many wrote. */
  count(): { reads: number; writes: number; writeUnits: number; items: number }
}

interface Request {
  headers: Record<string, string>
  body: string | Uint8Array
}

interface Handler {
  handle(
    request: Request,
  ): Promise<{ response: { statusCode: number; body: AsyncIterable<Uint8Array> } }>
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])

/** Wraps a request handler: asks for consumed capacity, and keeps what was sent. */
export function recordCalls(inner: unknown): CallRecord {
  const calls: Call[] = []
  const handler = {
    async handle(request: Request) {
      const input = JSON.parse(textOf(request.body)) as Record<string, unknown>
      const operation = request.headers['x-amz-target']?.split('.')[1] ?? ''
      const denial = denialOf(operation, input)
      if (denial !== undefined) throw new Error(denial)
      if (forgetsToRaise(input)) throw new Error('A head is replaced, and no revision raised')
      const body = JSON.stringify({ ...input, ...capacityOf(operation) })
      const sent = { ...request, body, headers: withLength(request.headers, body) }
      const { response } = await (inner as Handler).handle(cloneRequest(request, sent))
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      calls.push({ operation, input, status: response.statusCode, units: unitsOf(bytes) })
      return { response: { ...response, body: bytes } }
    },
  }
  return {
    handler: handler,
    all: calls,
    clear: () => calls.splice(0),
    count: () => {
      const reads = calls.filter(({ operation }) => READS.has(operation))
      const writes = calls.filter(({ operation }) => !READS.has(operation))
      return {
        reads: reads.length,
        writes: writes.length,
        writeUnits: writes.reduce((sum, { units }) => sum + units, 0),
        items: writes.reduce((sum, { input }) => sum + itemsIn(input), 0),
      }
    },
  }
}

/** Whether a transaction replaces the head of an event, which others may remember, and raises the revision of no chart. */
function forgetsToRaise({ TransactItems = [] }: { TransactItems?: Transacted[] }): boolean {
  const writes = TransactItems.flatMap((item) => Object.values(item))
  const startsOf = (start: string) => (it: Written) =>
    (it.Item ?? it.Key)?.pk?.S?.startsWith(start) === true
  const replaced = writes.filter(startsOf(partitionStarts.events)).filter((it) => {
    return it.ConditionExpression?.includes('v = :v') === true
  })
  return replaced.length > 0 && !writes.some(startsOf(partitionStarts.revisions))
}

type Transacted = Record<string, Written>

interface Written {
  readonly Item?: { readonly pk?: { readonly S?: string } }
  readonly Key?: { readonly pk?: { readonly S?: string } }
  readonly ConditionExpression?: string
}

/** Requests of the SDK are instances with methods; the copy keeps them. */
function cloneRequest(request: Request, changes: object): Request {
  return Object.assign(
    Object.create(Object.getPrototypeOf(request) as object) as object,
    changes,
  ) as Request
}

function capacityOf(operation: string): object {
  const isTable = /Table|TimeToLive|Tag|Stream|Endpoints|Limits/.test(operation)
  return isTable ? {} : { ReturnConsumedCapacity: 'TOTAL' }
}

function itemsIn({ TransactItems, Statements }: Record<string, unknown>): number {
  const all = TransactItems ?? Statements
  return Array.isArray(all) ? all.length : 1
}

function unitsOf(bytes: Buffer): number {
  const answer = JSON.parse(bytes.toString('utf8')) as { ConsumedCapacity?: Units | Units[] }
  const list = [answer.ConsumedCapacity ?? []].flat()
  return list.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
}

interface Units {
  CapacityUnits: number
}

function withLength(headers: Record<string, string>, body: string): Record<string, string> {
  return { ...headers, 'content-length': String(Buffer.byteLength(body)) }
}

function textOf(body: string | Uint8Array): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body)
}
