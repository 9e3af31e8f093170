/** Things by the moment at which they are due; of one moment, in the order in which they were put in. */
export interface DueHeap<Thing> {
  push(at: number, thing: Thing): void
  /** Takes out the next thing if it is due by then. */
  popDue(now: number): Thing | undefined
  /** When the next thing is due. */
  nextAt(): number | undefined
}

interface Entry<Thing> {
  readonly at: number
  readonly order: number
  readonly thing: Thing
}

/** An empty heap. */
export function dueHeap<Thing>(): DueHeap<Thing> {
  const entries: Entry<Thing>[] = []
  let pushed = 0
  const swap = (left: number, right: number) => {
    const [a, b] = [entries[left], entries[right]]
    if (a !== undefined && b !== undefined) [entries[left], entries[right]] = [b, a]
  }
  const rise = (start: number) => {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1
      if (!isBefore(entries[at], entries[parent])) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = () => {
    for (let at = 0; ;) {
      const left = 2 * at + 1
      const least = isBefore(entries[left + 1], entries[left]) ? left + 1 : left
      if (!isBefore(entries[least], entries[at])) return
      swap(at, least)
      at = least
    }
  }
  return {
    push(at, thing) {
      pushed += 1
      entries.push({ at, order: pushed, thing })
      rise(entries.length - 1)
    },
    popDue(now) {
      const [first] = entries
      if (first === undefined || first.at > now) return undefined
      swap(0, entries.length - 1)
      entries.pop()
      sink()
      return first.thing
    },
    nextAt: () => entries[0]?.at,
  }
}

function isBefore<Thing>(left: Entry<Thing> | undefined, right: Entry<Thing> | undefined): boolean {
  if (left === undefined || right === undefined) return false
  return left.at === right.at ? left.order < right.order : left.at < right.at
}
