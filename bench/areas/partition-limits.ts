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

/** What partitions take. */
export interface UnitLimits {
  /** Units a second of what has that partition key, by a name under which several may share them. */
  readonly limitOf: (touched: Touched) => { readonly name: string; readonly perSecond: number }
  /** Seconds by which they may be ahead of that. */
  readonly aheadSeconds: number
  /** Whether a transaction that one partition refuses takes units of all others. */
  readonly failedTake: boolean
}

/** Each partition key on a partition of its own. */
const ALONE: UnitLimits = {
  limitOf: ({ partition, isWritten }) => ({
    name: `${partition}\n${String(isWritten)}`,
    perSecond: isWritten ? WRITE_UNITS_MAX : READ_UNITS_MAX,
  }),
  aheadSeconds: AHEAD_SECONDS,
  failedTake: false,
}

/** Takes the units of calls; answers whether their partitions had them. */
export interface PartitionLimits {
  readonly take: (touched: readonly Touched[]) => boolean
}

/** Partitions with nothing taken: each item with its partition key is one, which is the most that DynamoDB may put together. */
export function partitionLimits(
  now: () => number,
  { limitOf, aheadSeconds, failedTake }: UnitLimits = ALONE,
): PartitionLimits {
  const used = new Map<string, { units: number; at: number }>()
  const usedNow = (name: string, perSecond: number) => {
    const { units, at } = used.get(name) ?? { units: 0, at: now() }
    return Math.max(0, units - ((now() - at) / 1000) * perSecond)
  }
  return {
    take(touched) {
      const wanted = touched.map((item) => ({ ...limitOf(item), units: item.units }))
      const isFull = ({ name, perSecond }: (typeof wanted)[number]) =>
        usedNow(name, perSecond) >= aheadSeconds * perSecond
      const full = new Set(wanted.filter(isFull))
      if (full.size > 0 && !failedTake) return false
      for (const item of wanted) {
        if (full.has(item)) continue
        const { name, perSecond, units } = item
        used.set(name, { units: usedNow(name, perSecond) + units, at: now() })
      }
      return full.size === 0
    },
  }
}
