import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { systemClock, type Clock } from '@holdfast/embedded/clock'
import type { BusEvent, Call, Core, Undelivered } from './core.ts'
import { ApiError, constraintError } from './errors.ts'
import { LostAnswerError, refusalFor, type Fault } from './faults.ts'
import { findOperation, type ServiceName } from './operations.ts'
import { emptyContents, restore, type Contents } from './restore.ts'
import { memoryVault, type Vault } from './vault.ts'

// EventBridge and SQS, as far as Holdfast uses them, over one state: an event and the messages that it becomes are kept together.

export interface MessagingOptions {
  /** All time comes from it; the machine's clock when absent. */
  readonly clock?: Clock
  /** Where everything is kept, and what was in it; in memory when absent. */
  readonly vault?: Vault
  readonly contents?: Contents
  readonly region?: string
  readonly accountId?: string
  /** Where ids come from; the machine's dice when absent. */
  readonly newId?: () => string
  /** Told of every event that a bus took but could not hand on. */
  readonly onUndelivered?: (undelivered: Undelivered) => void
  /** Hears of every event that a bus took. */
  readonly onEvent?: (bus: string, event: BusEvent) => void
}

/** A call that a test may spoil. */
export interface InjectedCall {
  readonly service: ServiceName
  readonly operation: string
  readonly input: unknown
}

export interface Messaging {
  /** Answers one API call, e.g. target 'AmazonSQS.SendMessage'. Rejects only for a lost answer or a bug. */
  call(target: string, input: unknown, how: CallFrom): Promise<Answer>
  /** Asked before each call; tests set it to provoke faults. */
  inject: ((call: InjectedCall) => Fault | undefined) | undefined
  /** The state itself, to look at. */
  readonly core: Core
  close(): Promise<void>
}

/** From where a call comes. */
export type CallFrom = Pick<Call, 'origin' | 'signal'>

export interface Answer {
  readonly status: number
  readonly body: object
  /** The refusal's name, where it is one. */
  readonly code?: string
}

/** Opens the two services. */
export function openMessaging(options: MessagingOptions = {}): Messaging {
  const { clock = systemClock, region = 'us-east-1', accountId = '000000000000' } = options
  const core: Core = {
    clock,
    region,
    accountId,
    vault: options.vault ?? memoryVault,
    newId: options.newId ?? randomUUID,
    tell: options.onUndelivered ?? (() => undefined),
    hear: options.onEvent ?? (() => undefined),
    ...restore(options.contents ?? emptyContents, clock),
  }
  const messaging: Messaging = {
    inject: undefined,
    core,
    async call(target, input, how) {
      try {
        return { status: 200, body: await answer(messaging, { target, input }, how) }
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const { status, code, message } = error
        return { status, code, body: { __type: typeOf(target, code), message } }
      }
    },
    close: () => core.vault.close(),
  }
  return messaging
}

async function answer(
  { core, inject }: Messaging,
  { target, input }: { target: string; input: unknown },
  how: CallFrom,
): Promise<object> {
  const found = findOperation(target)
  if (found === undefined) {
    throw new ApiError('UnknownOperationException', `${target} is not served here`)
  }
  const { service, name, operation } = found
  const fault = inject?.({ service, operation: name, input })
  const refused = refusalFor(fault)
  if (refused !== undefined) throw refused
  const failedEntries = new Set(typeof fault === 'object' ? fault.failedEntries : [])
  const parsed = operation.schema.safeParse(input)
  if (!parsed.success) throw shapeError(service, parsed.error)
  const body = await operation.run(core, parsed.data as never, { ...how, failedEntries })
  if (fault === 'lost-after') throw new LostAnswerError()
  return body
}

/** A member that is missing is refused by its name; one of the wrong type cannot even be read. */
function shapeError(service: ServiceName, error: z.ZodError): ApiError {
  const issue = error.issues[0]
  const name = issue?.path.findLast((part) => typeof part === 'string') ?? ''
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')
  if (!isMissing) return new ApiError('SerializationException', 'The request cannot be read')
  if (service === 'AWSEvents') {
    const lowered = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
    return constraintError({ name: lowered, value: undefined }, 'not be null')
  }
  return new ApiError('MissingParameter', `The request must contain the parameter ${name}.`)
}

const namespaces: Readonly<Record<ServiceName, string>> = {
  AmazonSQS: 'com.amazonaws.sqs#',
  AWSEvents: '',
}

function typeOf(target: string, code: string): string {
  const service = findOperation(target)?.service
  return `${service === undefined ? '' : namespaces[service]}${code}`
}
