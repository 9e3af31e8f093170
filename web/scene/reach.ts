import type { Box } from './scene.ts'

/** More tells no more. */
const SAMPLES_MAX = 5_000

/** With fewer boxes nobody can tell a far corner of a hall from a mistake. */
const CROWD_MIN = 20

/** How far from the others a thing may be in any case. */
const NEAR = 5_000
const NEAR_IN_FEW = 20_000

/**
 * Where things of a floor can be, as most of them are: a hall of which one seat was drawn a thousand halls away would else be a dot.
 * Nine tenths of a crowd may be spread as they like, and the others be four times as far out; of a few the middle decides.
 */
export function reachOf(boxes: readonly Box[]): Box {
  const step = Math.ceil(boxes.length / SAMPLES_MAX)
  const samples = boxes.filter((_, at) => at % step === 0)
  const [minX, maxX] = reachAlong(samples.flatMap((box) => [box.minX, box.maxX]))
  const [minY, maxY] = reachAlong(samples.flatMap((box) => [box.minY, box.maxY]))
  return { minX, minY, maxX, maxY }
}

function reachAlong(values: number[]): [min: number, max: number] {
  if (values.length === 0) return [-NEAR_IN_FEW, NEAR_IN_FEW]
  const sorted = Float64Array.from(values).sort()
  if (values.length < 2 * CROWD_MIN) {
    const middle = shareOf(sorted, 0.5)
    const distances = sorted.map((value) => Math.abs(value - middle)).sort()
    const reach = Math.max(NEAR_IN_FEW, 20 * shareOf(distances, 0.5))
    return [middle - reach, middle + reach]
  }
  const [low, high] = [shareOf(sorted, 0.05), shareOf(sorted, 0.95)]
  const reach = Math.max(NEAR, 4 * (high - low))
  return [low - reach, high + reach]
}

function shareOf(sorted: Float64Array, share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0
}
