import fc from 'fast-check'

/** Texts that have broken maps, labels and encodings before. */
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', '2', 'A', 'B', 'GA 1/2', 'a-b', '?', '', '0') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  },
  { weight: 1, arbitrary: fc.constantFrom('é', '座席', '🎭', '\ud83d', 'x'.repeat(300)) },
)

/** What is found where something else belongs. */
const junk = fc.constantFrom<unknown>(
  null,
  true,
  7,
  -0,
  NaN,
  Infinity,
  1e300,
  'x',
  [],
  {},
  [[]],
  [null],
)

const key = fc.oneof(fc.constantFrom<unknown>(1, 2, '1', 'lounge', null, '__proto__'), junk)
const coordinate = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -5000, max: 5000 }).map((value) => value / 100) },
  { weight: 2, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: junk },
)
const point = fc.oneof(fc.record({ x: coordinate, y: coordinate }), junk)
const flag = fc.oneof(fc.boolean(), junk)
const count = fc.oneof(fc.integer({ min: -5, max: 500 }), fc.constant(1e300), junk)

const common = {
  label: fc.oneof(text, junk),
  displayLabel: fc.oneof(text, junk),
  displayObjectType: fc.oneof(fc.constantFrom('row', 'Bench'), junk),
  categoryKey: key,
  entrance: fc.oneof(text, junk),
  zone: fc.oneof(text, junk),
}
const sale = {
  bookAsAWhole: flag,
  variableOccupancy: flag,
  minOccupancy: count,
  maxOccupancy: count,
  capacity: count,
  center: point,
  points: list(point),
}
const seat = some({
  ...common,
  x: coordinate,
  y: coordinate,
  accessible: flag,
  isCompanionSeat: flag,
  plusSize: flag,
})
const row = some({ ...common, seats: list(seat), sectionLabel: text, sectionDisplayedLabel: text })
const table = some({
  ...common,
  ...sale,
  seats: list(seat),
  type: fc.constantFrom('round', 'rectangle'),
  width: coordinate,
  height: coordinate,
  rotationAngle: coordinate,
})
const planeFields = {
  rows: list(row),
  tables: list(table),
  booths: list(some({ ...common, ...sale })),
  generalAdmissionAreas: list(some({ ...common, ...sale })),
  focalPoint: point,
  floorName: text,
  floorDisplayName: text,
}
const { plane } = fc.letrec<{ plane: unknown; section: unknown }>((tie) => ({
  plane: some({ ...planeFields, sections: list(tie('section')) }),
  section: some({ ...common, topLeft: point, subChart: tie('plane') }),
}))

/** Any drawing, sensible or not: every field may be missing or of a wrong type. */
export const anyDrawing: fc.Arbitrary<unknown> = some({
  name: fc.oneof(text, junk),
  venueType: fc.constantFrom('SIMPLE', 'ZONES', 'x'),
  categories: some({ list: list(some({ key, label: text, color: text, accessible: flag })) }),
  zones: some({ list: list(some({ key: text, label: text, focalPoint: point })) }),
  subChart: plane,
  subChartFloors: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, list(plane)),
})

function list(element: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const elements = fc.array(fc.oneof({ weight: 9, arbitrary: element }, junk), { maxLength: 5 })
  return fc.oneof({ weight: 9, arbitrary: elements }, junk)
}

function some(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  return fc.record(fields, { requiredKeys: [] })
}
