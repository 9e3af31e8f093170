import type { HallState } from '../../lib/rules/best/candidates.ts'
import { readChart } from '../../lib/venue/read-chart.ts'
import { inventoryOf, termsOf } from '../../lib/venue/terms.ts'
import { diceOf } from './dice.ts'
import { drawChart, drawRow, drawSeats } from './drawings.ts'

/** A hall in front of one point, of which so much is sold. */
export interface SoldHall {
  readonly rows: number
  readonly seatsPerRow: number
  /** From 0 to 1. */
  readonly sold: number
}

/** A hall as its buyers find it, with numbers from 0 to 1 that are the same for a seed. */
export function soldHall({ rows, seatsPerRow, sold }: SoldHall, seed: number) {
  const dice = diceOf(seed)
  const random = () => dice(1_000_000) / 1_000_000
  const drawn = Array.from({ length: rows }, (_, row) =>
    drawRow(`R${row}`, drawSeats(seatsPerRow, { y: row * 30 })),
  )
  const focalPoint = { x: (seatsPerRow / 2) * 21, y: 0 }
  const chart = readChart(drawChart({ focalPoint, rows: drawn }))
  const taken = new Set(chart.objects.flatMap(({ label }) => (random() < sold ? [label] : [])))
  const terms = termsOf(inventoryOf(chart), {}, {})
  const state = { terms, isFree: (label: string) => !taken.has(label), roomIn: () => 0 }
  return { state: state satisfies HallState, taken, random, seats: chart.objects.length }
}

/** As many seats as the arena has, half of them sold. */
export function halfSoldArena(seed: number) {
  return soldHall({ rows: 150, seatsPerRow: 60, sold: 0.5 }, seed)
}
