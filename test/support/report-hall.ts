import {
  drawArea,
  drawBooth,
  drawChart,
  drawRow,
  drawSeat,
  drawSection,
  drawTable,
} from './drawings.ts'

// A small hall with something of everything, drawn by dice, and what there is to be told of each of its objects.

/** What there is in the hall, in the order of the drawing. */
export interface HallObject {
  readonly label: string
  readonly kind: 'seat' | 'table' | 'booth' | 'generalAdmission'
  readonly category: string | undefined
  readonly section?: string
  readonly zone?: string
  /** Of a seat at a table, and of a table itself: the table, and whether the chart sells it as a whole. */
  readonly table?: { readonly label: string; readonly isWhole: boolean }
  readonly places: number
  /** Its places are sold one by one. */
  readonly isByPlaces?: true
}

/** The hall as it is drawn, and its objects. */
export interface DrawnHall {
  readonly drawing: object
  readonly objects: readonly HallObject[]
}

/** Labels of the chart's categories by their keys. */
export const CHART_CATEGORIES = new Map([
  ['1', 'Standard'],
  ['lounge', 'Lounge'],
  ['unused', 'Unused'],
])

export const ZONES = ['north', 'south', 'empty']

/** Draws one. */
export function drawHall(dice: (bound: number) => number): DrawnHall {
  const objects: HallObject[] = []
  const anyKey = () => [1, 'lounge', null][dice(3)] ?? null
  const keyOf = (key: number | string | null) => (key === null ? undefined : String(key))
  const where = { section: 'East', zone: 'north' }
  const seatsOf = (row: string, place: object, prefix = '') =>
    Array.from({ length: 1 + dice(4) }, (_, at) => {
      const [own, key] = [String(at + 1), anyKey()]
      const label = `${prefix}${row}-${own}`
      objects.push({ label, kind: 'seat', category: keyOf(key), places: 1, ...place })
      return drawSeat(own, { x: at * 21, categoryKey: key })
    })
  const tableOf = (label: string) => {
    const [count, key, isWhole] = [1 + dice(4), anyKey() ?? 1, dice(2) === 0]
    const table = { label, isWhole }
    objects.push({ label, kind: 'table', category: String(key), table, places: count })
    for (let at = 1; at <= count; at += 1)
      objects.push({ label: `${label}-${at}`, kind: 'seat', category: '1', table, places: 1 })
    return drawTable(label, count, { categoryKey: key, bookAsAWhole: isWhole })
  }
  const areaOf = (own: string, place: object, prefix = '') => {
    const [places, key, isWhole] = [1 + dice(12), anyKey(), dice(4) === 0]
    const facts = { label: prefix + own, category: keyOf(key), places, ...place }
    objects.push({ kind: 'generalAdmission', ...facts, ...(isWhole ? {} : { isByPlaces: true }) })
    return drawArea(own, places, { categoryKey: key, bookAsAWhole: isWhole })
  }
  const rows = [drawRow('A', seatsOf('A', { zone: 'south' }), { zone: 'south' })]
  const tables = [tableOf('T1'), tableOf('T2')]
  objects.push({ label: 'B1', kind: 'booth', category: '1', places: 1 })
  const generalAdmissionAreas = [areaOf('Lawn', {}), areaOf('Pier', {})]
  const inside = {
    rows: [drawRow('C', seatsOf('C', where, 'East-'))],
    generalAdmissionAreas: [areaOf('Yard', where, 'East-')],
  }
  const sections = [drawSection('East', inside, { zone: 'north' })]
  const list = [...CHART_CATEGORIES].map(([key, label]) => ({
    key: key === '1' ? 1 : key,
    label,
    color: '#111111',
  }))
  const zones = { list: ZONES.map((key) => ({ key, label: `Zone ${key}` })) }
  const plane = { rows, tables, booths: [drawBooth('B1')], generalAdmissionAreas, sections }
  return { drawing: drawChart(plane, { list, venueType: 'ZONES', zones }), objects }
}
