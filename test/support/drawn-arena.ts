import { drawChart, drawRow, drawSeats, drawSection } from './drawings.ts'

const ROWS = 4
const SEATS_PER_ROW = 20

const sections = [
  { label: 'Goal Stand 3', zone: 'finish' },
  { label: 'Goal Stand 4', zone: 'finish' },
  { label: 'MT1', zone: 'midtrack' },
  { label: 'MT3', zone: 'midtrack' },
]

/** A venue with two zones and four sections of eighty seats each; labels such as `Goal Stand 3-A-1`. */
export function arenaDrawing(): object {
  const zones = ['finish', 'midtrack'].map((key) => ({
    key,
    label: key,
    focalPoint: { x: 0, y: 0 },
  }))
  const drawn = sections.map(({ label, zone }) => {
    const rows = Array.from({ length: ROWS }, (_, row) =>
      drawRow(rowName(row), drawSeats(SEATS_PER_ROW, { y: 60 + row * 30, categoryKey: 1 })),
    )
    return drawSection(label, { rows }, { zone })
  })
  const more = { name: 'Arena', venueType: 'ZONES', zones: { list: zones } }
  return drawChart({ focalPoint: { x: 200, y: 0 }, sections: drawn }, more)
}

/** The first labels of the arena, section after section. */
export function arenaLabels(count: number): string[] {
  const all = sections.flatMap(({ label }) =>
    Array.from({ length: ROWS * SEATS_PER_ROW }, (_, at) => {
      const row = rowName(Math.floor(at / SEATS_PER_ROW))
      return `${label}-${row}-${(at % SEATS_PER_ROW) + 1}`
    }),
  )
  return all.slice(0, count)
}

function rowName(row: number): string {
  return String.fromCharCode(65 + row)
}
