import { expect, test } from 'vitest'
import { drawArea, drawChart, drawRow, drawSeats, rowDrawing } from '../../../support/drawings.ts'
import { openEventReports } from '../../../support/event-reports.ts'
import type { Info } from '../../../support/seatsio-scene.ts'

/** Reads lines of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const cells = text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g)
  for (const [, cell = '', end = ''] of cells) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '\r\n') rows.push([])
    else if (end === '') break
  }
  return rows.slice(0, -1)
}

async function open(drawing: object) {
  const scene = await openEventReports(drawing)
  const table = async (event = 'gala') => {
    const { status, text, headers } = await scene.api(`GET /reports/events/${event}.csv`)
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(headers['cache-control']).toBe('private, no-store')
    const [names = [], ...lines] = parseCsv(text)
    return lines.map((line) => {
      expect(line).toHaveLength(names.length)
      return Object.fromEntries(line.map((cell, at) => [names[at] ?? '', cell]))
    })
  }
  return { ...scene, table }
}

test('a table has a line for each object in the order of the list, and every field in a column', async () => {
  const plane = { generalAdmissionAreas: [drawArea('Lawn', 60)] }
  const { table, report, change, token, api } = await open(rowDrawing({ seatsPerRow: 10, plane }))
  const holdToken = await token()
  const places = { objectId: 'Lawn', quantity: 5 }
  await change({ objects: [places], status: 'reservedByToken', holdToken })
  const adult = { objectId: 'A-2', ticketType: 'adult' }
  await change({ objects: [adult], status: 'booked', orderId: 'o-1' })
  await api('POST /events/gala/actions/update-extra-data', { extraData: { 'A-2': { a: '1,"2"' } } })
  const [lines, infos] = [await table(), (await report('')) as readonly Info[]]
  for (const [at, info] of infos.entries()) expect(lines[at]).toMatchObject(flattened(info))
  expect(lines.map((line) => line['label'])).toEqual(infos.map(({ label }) => label))
  expect(lines.find((line) => line['label'] === 'A-2')).toMatchObject({
    'labels.own.type': 'seat',
    'labels.parent.label': 'A',
    'labels.section': '',
    status: 'booked',
    orderId: 'o-1',
    ticketType: 'adult',
    isAvailable: 'false',
    extraData: '{"a":"1,\\"2\\""}',
    capacity: '',
  })
  const lawn = lines.find((line) => line['label'] === 'Lawn')
  expect(lawn).toMatchObject({ numHeld: '5', holds: `{"${holdToken}":{"NO_TICKET_TYPE":5}}` })
})

/** An info as cells: nested fields with dots, maps as JSON. */
function flattened(info: Info, prefix = ''): Record<string, string> {
  const maps = ['extraData', 'holds', 'seasonStatusOverriddenQuantities']
  return Object.assign(
    {},
    ...Object.entries(info).map(([name, value]) => {
      if (typeof value !== 'object' || value === null) return { [prefix + name]: String(value) }
      if (maps.includes(name)) return { [name]: JSON.stringify(value) }
      return flattened(value as Info, `${prefix}${name}.`)
    }),
  ) as Record<string, string>
}

test('texts with commas, quotes and line ends stay what they are', async () => {
  const labels = ['a,b', 'say "x"', 'two\r\nlines', ' blank ', '=1+1']
  const row = drawRow(
    'A',
    labels.map((label) => ({ ...drawSeats(1)[0], label })),
  )
  const { table } = await open(drawChart({ rows: [row] }))
  const told = (await table()).map((line) => line['label'])
  expect(told.toSorted()).toEqual(labels.map((label) => `A-${label}`).toSorted())
})

test('only the last ending of a key asks for text', async () => {
  const { api, table } = await open(rowDrawing({ rows: 1, seatsPerRow: 2 }))
  for (const eventKey of ['v1.2', 'sheet.csv', 'ü b'])
    await api('POST /events', { chartKey: 'hall', eventKey })
  expect(await table('v1.2')).toHaveLength(2)
  expect(await table('sheet.csv')).toHaveLength(2)
  expect(await table('%C3%BC%20b')).toHaveLength(2)
  expect((await api('GET /reports/events/v1.2')).status).toBe(200)
  expect((await api('GET /reports/events/sheet.csv')).status).toBe(404)
  expect((await api('GET /reports/events/sheet.csv/byZone')).status).toBe(200)
})
