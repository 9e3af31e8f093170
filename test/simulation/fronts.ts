import { runtimeOver, type Runtime } from '../../lib/open.ts'
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
  const { scheduler } = world
  const sendings: Sending[] = []
  let deaths = 0
  let starts = 0

  function start(name: string): Pick<Front, 'life' | 'runtime'> {
    starts += 1
    const life = startNamed(world, `${name}.${starts}`, random)
    return { life, runtime: runtimeOver(life.port) }
  }

  const fronts = Array.from({ length: count }, (_, index): Front => {
    const name = `front${index + 1}`
    return { name, ...start(name), sending: undefined }
  })

  function watch(front: Front): void {
    front.life.onDeath(() => {
      deaths += 1
      scheduler.after(50 + random.below(2_000), () => {
        Object.assign(front, start(front.name))
        front.sending = undefined
        watch(front)
      })
    })
  }
  for (const front of fronts) watch(front)

  function findIdle(): Front | undefined {
    const free = fronts.filter(({ sending, life }) => sending === undefined && !life.isDead())
    return free.length === 0 ? undefined : random.pick(free)
  }

  /** Found and taken in one go: nobody else can have it in between. */
  async function takeIdle(asked: Asked): Promise<{ front: Front; sending: Sending }> {
    for (;;) {
      const front = findIdle()
      if (front !== undefined) return { front, sending: take(front, asked) }
      await scheduler.sleep(WAIT_MS)
    }
  }

  function take(front: Front, asked: Asked): Sending {
    const { name: life, offset } = front.life
    const sending: Sending = { asked, life, offset, startedAt: scheduler.now() }
    sendings.push(sending)
    front.sending = sending
    return sending
  }

  /** A request that is aimed at a moment comes no earlier. */
  async function wait({ life }: Front, { asked: { aim } }: Sending): Promise<void> {
    if (aim === undefined) return
    await scheduler.sleep(aim.at - aim.before - life.offset - scheduler.now())
  }

  return {
    sendings,
    deaths: () => deaths,
    killOne() {
      const busy = fronts.filter(({ sending, life }) => sending !== undefined && !life.isDead())
      if (busy.length === 0) return false
      random.pick(busy).life.kill()
      return true
    },
    async send(asked) {
      const { front, sending } = await takeIdle(asked)
      const { life, runtime } = front
      await wait(front, sending)
      sending.startedAt = scheduler.now()
      working.set(life.name, sending)
      scheduler.after(REQUEST_MS_MAX, () => {
        if (front.sending === sending && sending.answer === undefined) life.kill()
      })
      const { off, intensity } = world.weather()
      const isLost = random.chance(ANSWERS_LOST * Math.min(1, intensity)) && !off.has('lost-after')
      return new Promise((resolve) => {
        life.onDeath(() => {
          scheduler.after(20, () => {
            resolve(undefined)
          })
        })
        void handle(runtime, asked).then((answer) => {
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
    },
  }
}

/** Starts a life with a clock of its own. */
export function startNamed(world: World, name: string, random: Random): Life {
  const own = random.fork(name)
  const skew = own.between(-SKEW_MS_MAX, SKEW_MS_MAX)
  const offset = world.weather().off.has('skew') ? 0 : skew
  return startLife(world, { name, offset, random: own })
}
