import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { instant, type Instant } from '../../../../lib/clock.ts'
import type { Ids } from '../../../../lib/ids.ts'
import type { Port } from '../../../../lib/store/table/port.ts'
import { partitionStarts } from '../../../../lib/store/table/partitions.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import { connectionLost, type Command } from '../../../support/plain-client.ts'
import { answerTogether, statementCommands } from './statements.ts'
import type { Answer, Request, TinyTable } from './tiny-table.ts'

// One actor in the middle of its work: production code over a port whose calls wait until somebody answers them. It learns
// nothing but answers and, with each, the time; so what it has heard is all there is to know of it.

/** How an actor's work ended, as whoever asked was told. */
export type End =
  /** It was done, by this operation. */
  | { readonly told: 'done'; readonly operationId: string; readonly isReplayed: boolean }
  /** It was not done by this actor. */
  | { readonly told: 'not-done'; readonly why: string; readonly isOutage: boolean }
  /** It was not learned whether it was done. */
  | { readonly told: 'unknown'; readonly why: string }
  /** A worker's round, or a process that has stopped: nobody is told anything. */
  | { readonly told: 'nothing' }
  /** The code under test found a bug of its own. */
  | { readonly told: 'bug'; readonly why: string }

/** What somebody does, and with what. */
export interface Actor {
  readonly name: string
  /** Milliseconds by which its clock is ahead. */
  readonly skewMs: number
  readonly transactionItemsMax: number
  /** Statements of one request; one unless it says so, so that every write is sent alone. */
  readonly statementsMax?: number
  /** The work; a worker is told which piece. */
  readonly run: (port: Port, work: Work) => Promise<End>
}

/** What an actor is to do. */
export interface Work {
  /** A worker's piece; empty for others. */
  readonly job: string
  /** Decisions of one request, after which its process stops. */
  readonly rounds: number
  /** Says that the actor remembers no more than this of all that it has heard. */
  readonly forget: (memory: string) => void
}

/** A call that waits for its answer. */
export interface Pending {
  /** Counts the actor's calls. */
  readonly slot: number
  readonly request: Request
  /** The time on the actor's clock when it last looked; a write to a header counts as a look. */
  readonly sentAt: Instant
  /** The SDK sends it again by itself until there is an answer: so none of its answers is ever lost. */
  readonly isRepeated: boolean
}

/** An actor that is alive. */
export interface Instance {
  /** Its calls that wait, in the order in which they were sent. */
  pending(): Pending[]
  end(): End | undefined
  /**
   * Gives one of them its answer, at that time, and lets the actor go on until it waits again; answers whether it looked at
   * its clock meanwhile (if not, the time made no difference), and what it remembers, if it has forgotten the rest.
   */
  answer(slot: number, answer: Answer, now: Instant): Promise<Effect>
}

/** What an answer did to an actor. */
export interface Effect {
  readonly hasLooked: boolean
  readonly memory: string | undefined
}

interface Waiting extends Pending {
  readonly resolve: (output: Record<string, unknown>) => void
  readonly reject: (error: unknown) => void
}

/** What goes on in an actor. */
interface Mind {
  readonly waiting: Map<number, Waiting>
  readonly ids: ReturnType<typeof idsOf>
  /** The time of the last answer, and of the last look at the clock. */
  time: Instant
  lookedAt: Instant
  slots: number
  hasLooked: boolean
  memory: string | undefined
  end: End | undefined
}

/** Starts an actor's work at that time on its clock. */
export async function openInstance(
  table: TinyTable,
  actor: Actor,
  { now, ...work }: Omit<Work, 'forget'> & { readonly now: Instant },
): Promise<Instance> {
  const mind: Mind = {
    waiting: new Map(),
    ids: idsOf(actor.name),
    time: now,
    lookedAt: now,
    slots: 0,
    hasLooked: false,
    memory: undefined,
    end: undefined,
  }
  const forget = (left: string) => {
    mind.memory = `${left} ${mind.ids.count()}`
  }
  void endOf(() => actor.run(portOf(table, actor, mind), { ...work, forget })).then((end) => {
    mind.end = end
  })
  await settled()
  return {
    pending: () => [...mind.waiting.values()].map(pendingOf),
    end: () => mind.end,
    answer: (slot, answer, at) => hear(mind, { slot, answer, at }),
  }
}

async function endOf(work: () => Promise<End>): Promise<End> {
  try {
    return await work()
  } catch (error) {
    return { told: 'bug', why: error instanceof Error ? (error.stack ?? '') : String(error) }
  }
}

function pendingOf({ slot, request, sentAt, isRepeated }: Waiting): Pending {
  return { slot, request, sentAt, isRepeated }
}

async function hear(
  mind: Mind,
  { slot, answer, at }: { slot: number; answer: Answer; at: Instant },
): Promise<Effect> {
  const call = mind.waiting.get(slot)
  if (call === undefined) throw new Error(`Nobody waits for the answer ${slot}`)
  mind.waiting.delete(slot)
  mind.time = at
  mind.hasLooked = false
  mind.memory = undefined
  const output = answer.make()
  if (answer.isError) call.reject(output)
  else call.resolve(output as Record<string, unknown>)
  await settled()
  return { hasLooked: mind.hasLooked, memory: mind.memory }
}

function portOf(
  table: TinyTable,
  { transactionItemsMax, statementsMax = 1 }: Actor,
  mind: Mind,
): Port {
  const look = () => {
    mind.hasLooked = true
    mind.lookedAt = mind.time
    return mind.time
  }
  const sendBy = (isRepeated: boolean) => (command: Command) => {
    const statements = statementCommands(command)
    if (statements === undefined) return sendOne(command, isRepeated)
    return answerTogether(statements.map((one) => sendOne(one, isRepeated)))
  }
  const sendOne = (command: Command, isRepeated: boolean) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      mind.slots += 1
      const [slot, request] = [mind.slots, table.request(command)]
      if (isHeaderWrite(request)) look()
      const sentAt = mind.lookedAt
      mind.waiting.set(slot, { slot, request, sentAt, isRepeated, resolve, reject })
    })
  const clientOf = (isRepeated: boolean) =>
    ({ send: sendBy(isRepeated) }) as unknown as DynamoDBDocumentClient
  return {
    tableName: 'tiny',
    reader: clientOf(true),
    writer: clientOf(false),
    // A pause takes no time: that time passes is a choice of its own.
    clock: { now: look, sleep: () => Promise.resolve() },
    ids: mind.ids,
    transactionItemsMax,
    statementsMax,
    log: () => undefined,
  }
}

function isHeaderWrite({ operation, input }: Request): boolean {
  const { pk, sk } = (input['Key'] ?? {}) as Partial<Key>
  return (
    operation === 'UpdateItem' && sk === 'O' && pk?.startsWith(partitionStarts.operations) === true
  )
}

/** Resolves once no promise has anything left to do: ticks are served when the queue of promises is empty. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}

/** Readable names, new with each use, and never another's. */
function idsOf(actor: string): Ids & { count(): number } {
  let count = 0
  const next = () => {
    count += 1
    return `${actor}-${count}`
  }
  return {
    count: () => count,
    ulid: next,
    hex: next,
    uuid: () => `${next()}-token`,
    random: () => 0.5,
  }
}

/** Whose operation it is, by its name. */
export function ownerOf(operationId: string): string {
  return operationId.slice(0, operationId.lastIndexOf('-'))
}

/** What an actor hears when an answer is lost. */
export const lost: Answer = { text: 'lost', isError: true, make: connectionLost }

/** The time on an actor's clock. */
export function clockOf({ skewMs }: Actor, time: number): Instant {
  return instant(time + skewMs)
}
