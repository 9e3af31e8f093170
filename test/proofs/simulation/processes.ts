import { monotonicFactory } from 'ulid'
import { instant, type Clock } from '../../../lib/clock.ts'
import type { Ids } from '../../../lib/ids.ts'
import type { Port } from '../../../lib/store/table/port.ts'
import { partitionStarts } from '../../../lib/store/table/partitions.ts'
import { refusalFor } from '@holdfast/dynamodb/faults'
import type { MemoryTable } from '../../support/memory-table.ts'
import { connectionLost, toException, type PlainRequest } from '../../support/plain-client.ts'
import { batchAnswer, statementsOf } from '../../support/statements.ts'
import { drawFate, type Fate, type Weather } from './faults.ts'
import { frostOf, type Frost } from './frost.ts'
import { persistently } from './persistently.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

// Processes that talk to the table over a bad network. A process has a clock of its own, which is wrong by a constant; it
// dies at any await, and what it had in memory is gone. What it had sent is not: that arrives whenever it does.

/** One life of a process, from its start to its end. */
export interface Life {
  readonly name: string
  /** Milliseconds by which its clock is ahead of true time. */
  readonly offset: number
  readonly port: Port
  readonly frost: Frost
  isDead(): boolean
  /** Ends it: nothing that it waits for will ever come. */
  kill(): void
  /** Told once when it dies; at once when it is dead already. */
  onDeath(listener: () => void): void
}

/** One call, as those who look on see it. */
export interface CallSeen {
  readonly life: string
  readonly sentAt: number
  readonly request: PlainRequest
  readonly fate: Fate
  /** When it was run, and which stream records it made: from the first up to but not including the last. */
  landed?: { readonly at: number; readonly from: number; readonly to: number }
  outcome?: string
}

/** What processes live in. */
export interface World {
  readonly scheduler: Scheduler
  readonly table: MemoryTable
  readonly weather: () => Weather
  readonly transactionItemsMax: number
  /** Told of each call when it is sent. */
  readonly onCall: (call: CallSeen) => void
  /** Told of it as well, and may freeze who sends it. */
  readonly winter?: (life: Life, call: CallSeen) => void
  /** Told of each line that a life logs. */
  readonly onLog: (life: string, line: Record<string, unknown>) => void
  /** Told of each life when it starts. */
  readonly onStart: (life: Life) => void
  /** Told of each id that a life draws. */
  readonly onUlid: (life: string, ulid: string) => void
}

/** Statements of one request: so few that most large commits here take several. */
const STATEMENTS_MAX = 3

/** Starts a life; the random source must be its own. */
export function startLife(
  world: World,
  { name, offset, random }: { name: string; offset: number; random: Random },
): Life {
  let isDead = false
  const listeners: (() => void)[] = []
  const alive = { isDead: () => isDead }
  const frost = frostOf(world.scheduler)
  const clock = clockOf(world.scheduler, { offset, frost, ...alive })
  const ids = idsOf({
    clock,
    random: random.fork('ids'),
    onUlid: (id) => {
      world.onUlid(name, id)
    },
  })
  const life: Life = {
    name,
    offset,
    frost,
    ...alive,
    kill() {
      if (isDead) return
      isDead = true
      for (const listener of listeners) listener()
    },
    onDeath: (listener) => {
      if (isDead) listener()
      else listeners.push(listener)
    },
    port: {
      tableName: world.table.tableName,
      clock,
      ids,
      transactionItemsMax: world.transactionItemsMax,
      statementsMax: STATEMENTS_MAX,
      log: (line) => {
        world.onLog(name, line)
      },
      ...clients(world, () => life, random.fork('network')),
    },
  }
  world.onStart(life)
  return life
}

function clockOf(
  scheduler: Scheduler,
  { offset, frost, isDead }: Pick<Life, 'offset' | 'frost' | 'isDead'>,
): Clock {
  return {
    now: () => instant(scheduler.now() + offset),
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        if (isDead()) return
        scheduler.after(milliseconds, () => {
          frost.whenAwake(() => {
            if (!isDead()) resolve()
          })
        })
      }),
  }
}

function idsOf({
  clock,
  random,
  onUlid,
}: {
  clock: Clock
  random: Random
  onUlid: (id: string) => void
}): Ids {
  const nextUlid = monotonicFactory(random.next)
  const hex = (length: number) => {
    let text = ''
    while (text.length < length)
      text += random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, length)
  }
  return {
    ulid: () => {
      const id = nextUlid(clock.now())
      onUlid(id)
      return id
    },
    hex,
    uuid: () => hex(36),
    random: random.next,
  }
}

function clients(world: World, life: () => Life, random: Random): Pick<Port, 'reader' | 'writer'> {
  const once = (request: PlainRequest) => sendAll(world, { life: life(), request, random })
  const writer = world.table.client((make) => once(make()))
  const reader = world.table.client((make) => persistently(life(), () => once(make())))
  return { reader, writer }
}

const readOperations = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan'])

/** Only what some transaction writes can be in the hands of one; the list of recoveries never is. */
function canConflict({ operation, input }: PlainRequest): boolean {
  if (readOperations.has(operation)) return false
  const { pk } = (input['Key'] ?? input['Item'] ?? {}) as { pk?: { S?: string } }
  return pk?.S !== partitionStarts.recoveries
}

interface Sending {
  readonly life: Life
  readonly request: PlainRequest
  readonly random: Random
}

/** The statements of a batch are written, refused or lost each by itself; if the answer to one is lost, that of the batch is. */
async function sendAll(
  world: World,
  { request, ...sender }: Sending,
): Promise<Record<string, unknown>> {
  const statements = statementsOf(request)
  if (statements === undefined) return send(world, { request, ...sender })
  const all = statements.map((one) => send(world, { request: one, ...sender }))
  return batchAnswer(await Promise.allSettled(all))
}

function send(world: World, { life, request, random }: Sending): Promise<Record<string, unknown>> {
  const fate = drawFate(random, world.weather(), canConflict(request))
  const call: CallSeen = { life: life.name, sentAt: world.scheduler.now(), request, fate }
  if (!life.isDead()) {
    world.onCall(call)
    world.winter?.(life, call)
  }
  return travel(world, { life, fate, land: () => land(world, call) })
}

/** A way to whoever runs a request, and back. */
export interface Journey<Answer> {
  readonly life: Life
  readonly fate: Fate
  /** Runs the request. */
  readonly land: () => Promise<Answer>
}

/** Takes a request there and the answer back, as its fate says; nothing comes back to whoever is dead. */
export function travel<Answer>(
  { scheduler }: World,
  { life, fate, land }: Journey<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (life.isDead()) return
    let answer: (() => void) | undefined
    if (fate.dies !== undefined) {
      scheduler.after(fate.dies, () => {
        life.kill()
      })
    }
    if (fate.arrives !== undefined) {
      scheduler.after(fate.arrives, () => {
        void land().then(
          (output) => {
            answer = () => {
              resolve(output)
            }
          },
          (thrown: unknown) => {
            const error = thrown as Error
            answer = () => {
              reject(error)
            }
          },
        )
      })
    }
    const comesBack = () => {
      if (life.isDead()) return
      if (fate.isLost || answer === undefined) reject(connectionLost())
      else answer()
    }
    scheduler.after(fate.answers, () => {
      life.frost.whenAwake(comesBack)
    })
  })
}

async function land(world: World, call: CallSeen): Promise<Record<string, unknown>> {
  try {
    const output = await landOn(world, call)
    call.outcome = 'ok'
    return output
  } catch (error) {
    call.outcome = (error as Error).name
    throw error
  }
}

async function landOn(world: World, call: CallSeen): Promise<Record<string, unknown>> {
  const { table, scheduler } = world
  const { operation, input } = call.request
  const { refusal } = call.fate
  if (refusal !== undefined) throw toException(refusalFor(refusal, operation, input))
  const from = table.records.length
  const landed = () => {
    call.landed = { at: scheduler.now(), from, to: table.records.length }
  }
  try {
    return await table.run(call.request)
  } finally {
    landed()
  }
}
