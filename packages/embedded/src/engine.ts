import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { systemClock, type Clock } from './clock.ts'
import type { Call, Core } from './core.ts'
import { ApiError } from './errors.ts'
import { LostAnswerError, refusalFor, type Fault } from './faults.ts'
import type { Api, Operation } from './operation.ts'
import { memoryVault, type Vault } from './vault.ts'

export interface CoreOptions {
  /** All time comes from it; the machine's clock when absent. */
  readonly clock?: Clock
  /** Where everything is kept; in memory when absent. */
  readonly vault?: Vault
  readonly region?: string
  readonly accountId?: string
  /** Where ids come from; the machine's dice when absent. */
  readonly newId?: () => string
}

/** A call that a test may spoil. */
export interface InjectedCall {
  /** The API, as targets name it. */
  readonly service: string
  readonly operation: string
  readonly input: unknown
}

/** APIs at work, over one state. */
export interface Engine<State = Core> {
  /** Answers one API call, e.g. target 'AmazonSQS.SendMessage'. Rejects only for a lost answer or a bug. */
  call(target: string, input: unknown, how: CallFrom): Promise<Answer>
  /** Whether a target names an operation that is served. */
  serves(target: string): boolean
  /** Asked before each call; tests set it to provoke faults. */
  inject: ((call: InjectedCall) => Fault | undefined) | undefined
  /** The state itself, to look at. */
  readonly core: State
  close(): Promise<void>
}

/** From where a call comes. */
export type CallFrom = Pick<Call, 'origin' | 'signal'>

export interface Answer {
  readonly status: number
  readonly body: object
  /** The refusal's name, where it is one, as old clients know it. */
  readonly code?: string
}

/** What every state begins with. */
export function newCore(options: CoreOptions): Core {
  const { clock = systemClock, region = 'us-east-1', accountId = '000000000000' } = options
  const { vault = memoryVault, newId = randomUUID } = options
  return { clock, region, accountId, vault, newId }
}

/** Serves APIs over one state. */
export function openEngine<State extends Core>(
  core: State,
  apis: readonly Api<State>[],
): Engine<State> {
  const engine: Engine<State> = {
    inject: undefined,
    core,
    serves: (target) => findOperation(apis, target) !== undefined,
    async call(target, input, how) {
      const found = findOperation(apis, target)
      try {
        return { status: 200, body: await answer(engine, found, { target, input, how }) }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const { status, code, message } = error
        const { namespace = '', oldNames = {} } = found?.api ?? {}
        const oldCode = Object.hasOwn(oldNames, code) ? oldNames[code] : undefined
        const body = { __type: `${namespace}${code}`, message }
        return { status, code: oldCode ?? code, body }
      }
    },
    close: () => core.vault.close(),
  }
  return engine
}

interface Found<State> {
  readonly api: Api<State>
  readonly name: string
  readonly operation: Operation<State>
}

/** What a target such as `AmazonSQS.SendMessage` names, if it is served. */
function findOperation<State>(
  apis: readonly Api<State>[],
  target: string,
): Found<State> | undefined {
  const [first = '', name = '', ...more] = target.split('.')
  const api = apis.find((one) => one.name === first)
  if (api === undefined || more.length > 0) return undefined
  const operation = Object.hasOwn(api.operations, name) ? api.operations[name] : undefined
  return operation === undefined ? undefined : { api, name, operation }
}

async function answer<State>(
  { core, inject }: Engine<State>,
  found: Found<State> | undefined,
  { target, input, how }: { target: string; input: unknown; how: CallFrom },
): Promise<object> {
  if (found === undefined) {
    throw new ApiError('UnknownOperationException', `${target} is not served here`)
  }
  const { api, name, operation } = found
  const fault = inject?.({ service: api.name, operation: name, input })
  const refused = refusalFor(fault)
  if (refused !== undefined) throw refused
  const failedEntries = new Set(typeof fault === 'object' ? fault.failedEntries : [])
  const parsed = operation.schema.safeParse(input)
  if (!parsed.success) throw shapeError(api, parsed.error)
  const body = await operation.run(core, parsed.data as never, { ...how, failedEntries })
  if (fault === 'lost-after') throw new LostAnswerError()
  return body
}

/** A member that is missing is refused by its name; one of the wrong type cannot even be read. */
function shapeError<State>({ missing }: Api<State>, error: z.ZodError): ApiError {
  const issue = error.issues[0]
  const name = issue?.path.findLast((part) => typeof part === 'string') ?? ''
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return isMissing
    ? missing(name)
    : new ApiError('SerializationException', 'The request cannot be read')
}
