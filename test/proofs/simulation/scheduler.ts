// Virtual time. Everything that happens is an event at some moment; between two events no time passes, and all promises
// settle. So a run depends on nothing but the order of its events, and that only on their times and on when they were asked
// for.

/** The one clock and the one queue of a simulation. */
export interface Scheduler {
  /** True time, in milliseconds: what no process knows exactly. */
  now(): number
  /** Does the work that many milliseconds from now. */
  after(milliseconds: number, work: () => void): void
  /** The same for a beat that goes on by itself: nothing waits for the next one. */
  beat(milliseconds: number, work: () => void): void
  sleep(milliseconds: number): Promise<void>
  /** Runs until that moment. */
  runUntil(time: number): Promise<void>
  /** Runs until only beats are left; throws when that takes longer than the time given. */
  runDry(milliseconds: number): Promise<void>
}

interface Event {
  readonly time: number
  readonly number: number
  readonly isBeat: boolean
  readonly work: () => void
}

/** A scheduler at that moment with nothing to do. */
export function schedulerAt(start: number): Scheduler {
  const queue = eventQueue()
  let now = start
  let number = 0
  let waitedFor = 0

  function add(milliseconds: number, work: () => void, isBeat: boolean): void {
    number += 1
    if (!isBeat) waitedFor += 1
    queue.push({ time: now + Math.max(0, milliseconds), number, isBeat, work })
  }

  async function step(): Promise<void> {
    const event = queue.pop()
    if (event === undefined) return
    now = event.time
    if (!event.isBeat) waitedFor -= 1
    event.work()
    await settled()
  }

  return {
    now: () => now,
    after: (milliseconds, work) => {
      add(milliseconds, work, false)
    },
    beat: (milliseconds, work) => {
      add(milliseconds, work, true)
    },
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        add(milliseconds, resolve, false)
      }),
    async runUntil(time) {
      await settled()
      while ((queue.peek()?.time ?? Infinity) <= time) await step()
      now = time
    },
    async runDry(milliseconds) {
      const giveUpAt = now + milliseconds
      await settled()
      while (waitedFor > 0) {
        if (now > giveUpAt) throw new Error('The simulation does not come to rest')
        await step()
      }
    },
  }
}

/** Resolves once no promise has anything left to do: the tick queue is served when the queue of promises is empty. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve)
  })
}

/** A binary heap, earliest first; of the same moment, what was asked for first. */
function eventQueue() {
  const heap: Event[] = []
  const isBefore = (a: Event, b: Event) =>
    a.time < b.time || (a.time === b.time && a.number < b.number)

  function rise(event: Event): void {
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || isBefore(parent, event)) break
      heap[at] = parent
      at = above
    }
    heap[at] = event
  }

  function sink(event: Event): void {
    let at = 0
    for (;;) {
      const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
      if (left === undefined) break
      const takesRight = right !== undefined && isBefore(right, left)
      const child = takesRight ? right : left
      if (isBefore(event, child)) break
      heap[at] = child
      at = 2 * at + (takesRight ? 2 : 1)
    }
    heap[at] = event
  }

  return {
    peek: () => heap[0],
    push: rise,
    pop(): Event | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (last !== undefined && heap.length > 0) sink(last)
      return first
    },
  }
}
