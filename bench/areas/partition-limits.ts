/** An item that a call reads or writes, with the units that it takes of its partition. */
export interface Touched {
  readonly name: string
  readonly partition: string
  readonly isWritten: boolean
  readonly units: number
}

/** Units that one partition takes in a second. */
const WRITE_UNITS_MAX = 1_000
const READ_UNITS_MAX = 3_000

/** Seconds by which a partition may be ahead of that. */
const AHEAD_SECONDS = 0.1

/** Takes the units of calls; answers whether their partitions had them. */
export interface PartitionLimits {
  readonly take: (touched: readonly Touched[]) => boolean
}

/** Partitions with nothing taken: each item with its partition key is one, which is the most that DynamoDB may put together. */
export function partitionLimits(now: () => number): PartitionLimits {
  const used = new Map<string, { units: number; at: number }>()
  const usedNow = (name: string, perSecond: number) => {
    const { units, at } = used.get(name) ?? { units: 0, at: now() }
    return Math.max(0, units - ((now() - at) / 1000) * perSecond)
  }
  return {
    take(touched) {
      const wanted = touched.map(({ partition, isWritten, units }) => {
        const perSecond = isWritten ? WRITE_UNITS_MAX : READ_UNITS_MAX
        return { name: `${partition}\n${String(isWritten)}`, perSecond, units }
      })
      const isFull = wanted.some(({ name, perSecond }) => {
        return usedNow(name, perSecond) >= AHEAD_SECONDS * perSecond
      })
      if (isFull) return false
      for (const { name, perSecond, units } of wanted) {
        used.set(name, { units: usedNow(name, perSecond) + units, at: now() })
      }
      return true
    },
  }
}
