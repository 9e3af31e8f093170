import { runtimeOver, type Runtime } from '../../../lib/open.ts'
import { handle } from './handler.ts'
import { startLife, type Life, type World } from './processes.ts'
import type { Random } from './random.ts'
import type { Answer, Asked, Sending } from './requests.ts'

// Processes that answer requests, as Lambda runs them: one request at a time each, killed after 29 seconds, started anew
// after a death, with nothing remembered and another clock.

/** The processes of a run together. */
export interface Fronts {
  /** Sends a request to one of them; undefined when no answer comes back. */
  send(asked: Asked): Promise<Answer | undefined>
  /** Kills one that is at work, if any is. */
  killOne(): boolean
  readonly sendings: readonly Sending[]
  readonly deaths: () => number
}

interface Front {
  readonly name: string
  life: Life
  runtime: Runtime
  sending: Sending | undefined
}

/** API Gateway gives up then, and Lambda ends the function. */
const REQUEST_MS_MAX = 29_000

/** What a process that was frozen meanwhile may do still before it is ended. */
const THAW_MS = 5_000

/** Milliseconds until a client looks again for a process that is free. */
const WAIT_MS = 15

/** How far a clock may be ahead or behind: two of them disagree by at most twice as much. */
export const SKEW_MS_MAX = 1_000

/** How often an answer is lost on its way to the client. */
const ANSWERS_LOST = 0.03

export interface FrontOptions {
  readonly count: number
  readonly random: Random
  /** Kept up to date: which process is at work on what. */
  readonly working: Map<string, Sending>
}

/** Starts that many processes. */
export function startFronts(world: World, { count, random, working }: FrontOptions): Fronts {
  const row: FrontRow = { world, random, working, fronts: [], sendings: [], deaths: 0, starts: 0 }
  for (let number = 1; number <= count; number += 1) {
    const name = `front${number}`
    const front: Front = { name, ...start(row, name), sending: undefined }
    row.fronts.push(front)
    watch(row, front)
  }
  return {
    sendings: row.sendings,
    deaths: () => row.deaths,
    killOne() {
      const busy = row.fronts.filter(({ sending, life }) => sending !== undefined && !life.isDead())
      if (busy.length === 0) return false
      random.pick(busy).life.kill()
      return true
    },
    async send(asked) {
      const { front, sending } = await takeIdle(row, asked)
      const { life, runtime } = front
      await wait(world, life, asked)
      sending.startedAt = world.scheduler.now()
      asked.aim?.onStart?.()
      working.set(life.name, sending)
      return answerOf(row, { front, life, sending, answered: handle(runtime, asked) })
    },
  }
}

/** All of them, and what is common to them. */
interface FrontRow extends Pick<FrontOptions, 'random' | 'working'> {
  readonly world: World
  readonly fronts: Front[]
  readonly sendings: Sending[]
  deaths: number
  starts: number
}

function start(row: FrontRow, name: string): Pick<Front, 'life' | 'runtime'> {
  row.starts += 1
  const life = startNamed(row.world, `${name}.${row.starts}`, row.random)
  return { life, runtime: runtimeOver(life.port) }
}

/** Starts it anew some time after each death. */
function watch(row: FrontRow, front: Front): void {
  front.life.onDeath(() => {
    row.deaths += 1
    row.world.scheduler.after(50 + row.random.below(2_000), () => {
      Object.assign(front, start(row, front.name))
      front.sending = undefined
      watch(row, front)
    })
  })
}

/** Found and taken in one go: nobody else can have it in between. */
async function takeIdle(row: FrontRow, asked: Asked): Promise<{ front: Front; sending: Sending }> {
  const { scheduler } = row.world
  for (;;) {
    const free = row.fronts.filter(({ sending, life }) => sending === undefined && !life.isDead())
    if (free.length > 0) {
      const front = row.random.pick(free)
      const { name: life, offset } = front.life
      const sending: Sending = { asked, life, offset, startedAt: scheduler.now() }
      row.sendings.push(sending)
      front.sending = sending
      return { front, sending }
    }
    await scheduler.sleep(WAIT_MS)
  }
}

/** A request that is aimed at a moment comes no earlier. */
async function wait({ scheduler }: World, { offset }: Life, { aim }: Asked): Promise<void> {
  if (aim !== undefined) await scheduler.sleep(aim.at - aim.before - offset - scheduler.now())
}

interface Work {
  readonly front: Front
  readonly life: Life
  readonly sending: Sending
  readonly answered: Promise<Answer>
}

/** What the client gets: nothing when the process dies over it, and now and then nothing all the same. */
function answerOf(
  { world, random, working }: FrontRow,
  { front, life, sending, answered }: Work,
): Promise<Answer | undefined> {
  const { scheduler } = world
  const { off, intensity } = world.weather()
  const isLost = random.chance(ANSWERS_LOST * Math.min(1, intensity)) && !off.has('lost-after')
  return new Promise((resolve) => {
    const end = () => {
      if (front.sending !== sending || sending.answer !== undefined) return
      const frozen = life.frost.left()
      if (frozen === 0) {
        life.kill()
        return
      }
      resolve(undefined)
      scheduler.after(frozen + THAW_MS, end)
    }
    scheduler.after(REQUEST_MS_MAX, end)
    life.onDeath(() => {
      scheduler.after(20, () => {
        resolve(undefined)
      })
    })
    void answered.then((answer) => {
      if (life.isDead()) return
      sending.endedAt = scheduler.now()
      sending.answer = answer
      working.delete(life.name)
      front.sending = undefined
      scheduler.after(5, () => {
        resolve(isLost ? undefined : answer)
      })
    })
  })
}

/** Starts a life with a clock of its own. */
export function startNamed(world: World, name: string, random: Random): Life {
  const own = random.fork(name)
  const skew = own.between(-SKEW_MS_MAX, SKEW_MS_MAX)
  const offset = world.weather().off.has('skew') ? 0 : skew
  return startLife(world, { name, offset, random: own })
}
