import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  drawSeats,
  drawSection,
  drawTable,
} from '../../support/drawings.ts'

/** Row A of six in category 1, row L of three in Lounge, a booth, a table sold whole, the area Lawn of 9 and the section East with row C. */
export function theatre(): object {
  const lounge = { categoryKey: 'lounge', y: 120 }
  return drawChart({
    focalPoint: { x: 60, y: 0 },
    rows: [
      drawRow('A', drawSeats(6), { displayLabel: 'Front' }),
      drawRow('L', [
        drawSeat('1', { ...lounge, accessible: true }),
        drawSeat('2', { ...lounge, x: 21, companionSeat: true }),
        drawSeat('3', { ...lounge, x: 42 }),
      ]),
    ],
    tables: [drawTable('T', 4, { bookAsAWhole: true, categoryKey: 1 })],
    booths: [drawBooth('B')],
    generalAdmissionAreas: [drawArea('Lawn', 9, { categoryKey: 'lounge' })],
    sections: [
      drawSection(
        'East',
        { rows: [drawRow('C', drawSeats(2))] },
        { displayLabel: 'East side', entrance: 'Gate 2' },
      ),
    ],
  })
}
