import {
  drawArea,
  drawBooth,
  drawChart,
  drawFloors,
  drawRow,
  drawSeats,
  drawSection,
  drawTable,
  rowDrawing,
} from '../../support/drawings.ts'
import { arenaDrawing } from '../../support/drawn-arena.ts'

/** One booth that fills the whole picture: its middle is the picture's. */
export const oneBooth = drawChart({
  booths: [drawBooth('Stand', { center: { x: 0, y: 0 }, width: 200, height: 120 })],
})

/** Everything that can be sold, small. */
export const everything = drawChart({
  focalPoint: { x: 100, y: -40 },
  rows: [
    drawRow('A', drawSeats(8, { y: 0 })),
    drawRow('B', drawSeats(8, { y: 24, categoryKey: 'lounge' })),
  ],
  tables: [drawTable('T', 6)],
  booths: [drawBooth('Booth 1', { center: { x: 220, y: 20 } })],
  generalAdmissionAreas: [drawArea('Standing', 120)],
})

/** Every kind of hall that is pictured. */
export const halls: Readonly<Record<string, object>> = {
  rows: rowDrawing({ rows: 8, seatsPerRow: 14 }),
  everything,
  sections: arenaDrawing(),
  floors: drawFloors([
    { rows: [drawRow('A', drawSeats(10))] },
    { rows: [drawRow('B', drawSeats(12))] },
  ]),
}

/** Sections in lines, each of rows of seats: so many seats in all, some more. */
export function largeHall(seats: number): object {
  const [rows, perRow, perLine] = [20, 25, 6]
  const count = Math.ceil(seats / (rows * perRow))
  const sections = Array.from({ length: count }, (_, at) => {
    const left = (at % perLine) * (perRow * 21 + 60)
    const top = Math.floor(at / perLine) * (rows * 22 + 60)
    const drawn = Array.from({ length: rows }, (_unused, row) =>
      drawRow(
        String(row + 1),
        Array.from({ length: perRow }, (_seat, seat) => ({
          x: left + seat * 21,
          y: top + row * 22,
          label: String(seat + 1),
          categoryKey: at % 2 === 0 ? 1 : 'lounge',
        })),
      ),
    )
    return drawSection(`S${at + 1}`, { rows: drawn })
  })
  return drawChart({ focalPoint: { x: 1_500, y: -200 }, sections })
}
