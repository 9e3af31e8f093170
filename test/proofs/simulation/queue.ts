import type { World } from './processes.ts'
import type { Random } from './random.ts'

// A queue as SQS has it: messages come at least once, in no order, not before their time, and again when whoever took them has
// not said in time that they are done. Under trouble they come late and twice, and a word that they are done gets lost.

/** A message that is in a queue. */
export interface QueuedMessage {
  readonly messageId: string
  readonly body: string
}

export interface Queue {
  /** Puts a message in, to be seen that many milliseconds from now at the earliest. */
  put(body: string, delayMs: number): void
  /** Takes some messages; what is not done within the visibility timeout is seen again. */
  take(most: number): readonly QueuedMessage[]
  /** Says which of the messages that were taken are done. */
  done(messages: readonly QueuedMessage[]): void
  /** Has somebody told whenever there may be something to take. */
  onDue(listener: () => void): void
  readonly size: () => number
}

/** Milliseconds for which whoever took a message has it for himself, as the product's queues are set up. */
const VISIBILITY_MS = 90_000

/** The longest that a message is late for no reason. */
const LATE_MS_MAX = 8_000

/** How often things happen to one message. */
const odds = { late: 0.08, twice: 0.04, forgotten: 0.03 } as const

interface Kept extends QueuedMessage {
  visibleAt: number
}

/** A queue that is empty. */
export function queueOf(world: World, name: string, random: Random): Queue {
  const { scheduler } = world
  const messages = new Map<string, Kept>()
  let listener: () => void = () => undefined
  let sent = 0
  const happens = (chance: number) =>
    random.chance(chance * Math.min(1, world.weather().intensity)) &&
    !world.weather().off.has('queues')

  function showAfter(message: Kept, milliseconds: number): void {
    message.visibleAt = scheduler.now() + milliseconds
    scheduler.after(milliseconds, () => {
      listener()
    })
  }

  function keep(body: string, delayMs: number): void {
    sent += 1
    const message: Kept = { messageId: `${name}-${sent}`, body, visibleAt: 0 }
    messages.set(message.messageId, message)
    const late = happens(odds.late) ? random.below(LATE_MS_MAX) : random.below(20)
    showAfter(message, delayMs + late)
  }

  return {
    size: () => messages.size,
    onDue: (told) => {
      listener = told
    },
    put(body, delayMs) {
      keep(body, delayMs)
      if (happens(odds.twice)) keep(body, delayMs + random.below(LATE_MS_MAX))
    },
    take(most) {
      const due = [...messages.values()].filter(({ visibleAt }) => visibleAt <= scheduler.now())
      const taken: Kept[] = []
      while (due.length > 0 && taken.length < most) {
        const at = random.chance(0.7) ? 0 : random.below(due.length)
        taken.push(...due.splice(at, 1))
      }
      for (const message of taken) showAfter(message, VISIBILITY_MS)
      return taken
    },
    done(some) {
      for (const { messageId } of some) {
        if (!happens(odds.forgotten)) messages.delete(messageId)
      }
    },
  }
}
