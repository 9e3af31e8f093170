import type { PlacesPlan } from './chapters/areas.ts'
import type { BestPlan } from './chapters/best.ts'
import type { Crowd } from './chapters/contention.ts'
import type { SampledSize } from './chapters/latency.ts'
import type { Endings } from './chapters/lateness.ts'
import type { PartitionsPlan } from './chapters/partitions.ts'
import type { Size } from './chapters/units.ts'

/** How much to measure. */
export interface Plan {
  readonly units: readonly Size[]
  /** The first warms the machine up; what it measures is not shown. */
  readonly crowds: { readonly warmUp: Crowd; readonly shown: Crowd }
  readonly latency: readonly SampledSize[]
  readonly bound: readonly Size[]
  readonly areas: PlacesPlan
  readonly best: BestPlan
  readonly partitions: PartitionsPlan
  /** Holds that end under a clock that is moved, and in the local product in real time. */
  readonly deadlines: number
  readonly endings: Endings
}

const oneEvent = (objects: number): Size => ({ objects, perEvent: 200 })
const fiftyEvents: Size = { objects: 1_000, perEvent: 20 }
const block = { rows: 10, seatsPerRow: 40, atOnce: 64 }

/** Everything, in less than ten minutes on a machine that does nothing else. */
export const fullPlan: Plan = {
  units: [...[1, 4, 20, 97, 200].map(oneEvent), fiftyEvents],
  crowds: { warmUp: { ...block, buyers: 500 }, shown: { ...block, buyers: 5_000 } },
  latency: [
    { ...oneEvent(97), commits: 100 },
    { ...oneEvent(98), commits: 60 },
    { ...oneEvent(200), commits: 40 },
    { ...fiftyEvents, commits: 10 },
  ],
  bound: [oneEvent(100), oneEvent(200), { objects: 1_000, perEvent: 200 }, fiftyEvents],
  areas: { buyers: 1_200, ending: { buyers: 2_400, perSecond: 400 } },
  best: { buyers: 64, choices: 100 },
  partitions: { events: 9, seconds: 5, readings: 20 },
  deadlines: 2_000,
  endings: { holds: 2_000, seconds: { min: 30, max: 280 }, rivalEvery: 20 },
}

/** A look at everything, in less than a minute. */
export const quickPlan: Plan = {
  units: [1, 20, 200].map(oneEvent),
  crowds: { warmUp: { ...block, buyers: 100 }, shown: { ...block, buyers: 1_000 } },
  latency: [
    { ...oneEvent(97), commits: 5 },
    { ...oneEvent(98), commits: 5 },
    { ...oneEvent(200), commits: 5 },
  ],
  bound: [oneEvent(200)],
  areas: { buyers: 1_200, ending: { buyers: 2_200, perSecond: 400 } },
  best: { buyers: 64, choices: 20 },
  partitions: { events: 2, seconds: 1, readings: 3 },
  deadlines: 100,
  endings: { holds: 100, seconds: { min: 3, max: 13 }, rivalEvery: 20 },
}
