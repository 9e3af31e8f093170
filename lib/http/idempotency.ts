import { createHash } from 'node:crypto'
import type { APIGatewayProxyEvent } from 'aws-lambda'
import type { Caller, KeyedRequest } from '../actions/context.ts'
import { defined } from '../defined.ts'
import { AlreadyRecorded, assert, Fault } from '../faults.ts'
import type { Runtime } from '../open.ts'
import type { Endpoint } from './endpoint.ts'
import { headerValues } from './headers.ts'
import { outageIn } from './outage.ts'
import { IF_MATCH_HEADER } from './precondition.ts'
import type { Problem } from './surface.ts'
import { findRecorded } from '../store/table/receipts.ts'
import { endOperation } from '../store/commit/recover.ts'

// A request with an idempotency key takes effect once, however often it is sent within 24 hours:
//
// 1. It runs as any other, and its answer is kept in the very commit that makes its change. Where one is kept already,
//    the commit writes nothing and says so.
// 2. Before it refuses, or when it was told so, it reads what is kept: an earlier sending of the same request may have
//    committed meanwhile.
// 3. Another request under the same key: refused. An answer: sent again. A large commit that has not been told to its end:
//    end it first, and then send its answer; still running: refused for now; aborted: run again, in its place.

/** The header that names a request. */
export const IDEMPOTENCY_KEY_HEADER = 'Idempotency-Key'

/** Characters of an idempotency key. */
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255

/** Runs of one request: the first, and as many in the place of aborted attempts. */
const RUNS_MAX = 3

const KEY_FORM = new RegExp(`^[\\x20-\\x7e]{1,${IDEMPOTENCY_KEY_LENGTH_MAX}}$`)

/** A request by its key, the key's owner, and what it asks. */
export interface NamedRequest {
  readonly keyId: string
  readonly hash: string
  readonly fingerprint: string
}

/** Reads the key of a request that may change something; undefined without one, or the fault with it. */
export function nameRequest(
  { method }: Endpoint,
  event: APIGatewayProxyEvent,
  caller: Caller | undefined,
): NamedRequest | Problem | undefined {
  if (method === 'GET' || caller === undefined) return undefined
  const values = headerValues(event, IDEMPOTENCY_KEY_HEADER)
  const [key] = values
  if (key === undefined) return undefined
  if (values.length > 1) return invalid('Header must be sent once')
  if (!KEY_FORM.test(key)) {
    return invalid(`Header must be 1 to ${IDEMPOTENCY_KEY_LENGTH_MAX} printable ASCII characters`)
  }
  return { keyId: caller.keyId, hash: sha256(key), fingerprint: fingerprintOf(event, caller) }
}

function invalid(message: string): Problem {
  return { code: 'input-invalid', issues: [{ path: [IDEMPOTENCY_KEY_HEADER], message }] }
}

/**
 * Two requests are the same if they mean the same. This is all that decides what one means: method, path, query, body, what it is
 * meant for, and the workspace that it acts in, which a company's key names in a header or leaves to the company's default.
 */
function fingerprintOf(event: APIGatewayProxyEvent, { workspaceId }: Caller): string {
  const query = Object.entries(event.multiValueQueryStringParameters ?? {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  const meant = [event.httpMethod, event.path, query, sha256(body), workspaceId]
  return sha256(JSON.stringify([...meant, ...headerValues(event, IF_MATCH_HEADER)]))
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

/** What came of a request: as it ran now, as it was answered before, or a problem. */
export type Repeatable<Result> =
  | { readonly kind: 'ran'; readonly result: Result }
  | { readonly kind: 'replayed'; readonly answer: { status: number; body: string } }
  | { readonly kind: 'problem'; readonly problem: Problem }

/** How to run a request, and what it is. */
export interface RequestRun<Result> {
  readonly request: NamedRequest
  /** Status of an answer with a body. */
  readonly status: number
  /** The answer to keep for a repeat; the same unless given. */
  readonly keep?: (reply: unknown) => { status: number; body: string }
  readonly run: (keyed: KeyedRequest) => Promise<Result>
  readonly isNo: (result: Result) => boolean
}

/**
 * Runs a request unless it took effect before. An outage leaves it unknown whether it did: an earlier copy of the request may have
 * been done, whatever became of this one.
 */
export async function runOnce<Result>(
  runtime: Pick<Runtime, 'store'>,
  attempt: RequestRun<Result>,
): Promise<Repeatable<Result>> {
  try {
    return await runOrReplay(runtime, attempt)
  } catch (error) {
    const outage = outageIn(error)
    // What had no room did nothing, whatever became of an earlier copy: its answer is that it may come again.
    if (outage === undefined || outage.isOverloaded) throw error
    throw new Fault(outage.message, { outcome: 'unknown', cause: error })
  }
}

async function runOrReplay<Result>(
  { store }: Pick<Runtime, 'store'>,
  { request, status, keep = asSent(status), run, isNo }: RequestRun<Result>,
): Promise<Repeatable<Result>> {
  let replaces: { replaces?: string } = {}
  for (let attempt = 1; attempt <= RUNS_MAX; attempt += 1) {
    const name = { ...request, ...replaces }
    const receiptFor = (reply: unknown, left?: string) => ({
      ...name,
      ...defined({ replaces: left }),
      answer: keep(reply),
    })
    const keyed = { ...name, receiptFor }
    const ran = await ranOrRecorded(() => run(keyed))
    if (ran !== undefined && !isNo(ran.result)) return ran
    const kept = await lookUp(store, request)
    if (kept === 'nothing' || kept.kind === 'aborted') {
      if (ran !== undefined) return ran
      if (kept !== 'nothing') replaces = { replaces: kept.operationId }
    } else return kept
  }
  return { kind: 'problem', problem: { code: 'request-running' } }
}

/** A reply as it is sent: nothing to say is 204, without a body. */
function asSent(status: number) {
  return (reply: unknown) =>
    reply === undefined ? { status: 204, body: '' } : { status, body: JSON.stringify(reply) }
}

/** Undefined when the request turned out to be recorded already. */
async function ranOrRecorded<Result>(
  run: () => Promise<Result>,
): Promise<{ kind: 'ran'; result: Result } | undefined> {
  try {
    return { kind: 'ran', result: await run() }
  } catch (error) {
    if (error instanceof AlreadyRecorded) return undefined
    throw error
  }
}

type FormerRun =
  | 'nothing'
  | { readonly kind: 'aborted'; readonly operationId: string }
  | Exclude<Repeatable<never>, { kind: 'ran' }>

/** Looks up what came of an earlier sending of a request, and ends its large commit first if nobody has. */
async function lookUp(store: Runtime['store'], request: NamedRequest): Promise<FormerRun> {
  const kept = await findRecorded(store, request)
  if (kept === undefined) return 'nothing'
  if (kept.fingerprint !== request.fingerprint) {
    return { kind: 'problem', problem: { code: 'key-reused' } }
  }
  if (kept.kind === 'answer') return { kind: 'replayed', answer: kept.answer }
  const ended = await endOperation(store, kept.operationId)
  switch (ended.status) {
    case 'committed':
      assert(ended.answer !== undefined, 'the details of a request hold no answer')
      return { kind: 'replayed', answer: ended.answer }
    case 'aborted':
      return { kind: 'aborted', operationId: kept.operationId }
    case 'running':
      return { kind: 'problem', problem: { code: 'request-running' } }
    case 'missing':
    case 'damaged':
      // Running it again might do it twice.
      throw new Fault('What was kept of a request cannot be read', { outcome: 'unknown' })
  }
}
