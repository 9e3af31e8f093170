import { expect, test } from 'vitest'
import { runtimeOver } from '../../../lib/open.ts'
import type { Port } from '../../../lib/store/table/port.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { openPlainHoldfast } from '../../support/plain-holdfast.ts'
import { seatsioOver } from '../../support/seatsio.ts'

const EVENTS = 10_000
const PAGE = 20
/** Of one request that creates events. */
const CREATED = 100

interface Page {
  readonly items: readonly { readonly id: number; readonly key: string }[]
  readonly next_page_starts_after?: string
}

interface Read {
  readonly operation: string
  readonly limit: number
}

/** A process whose reads are written down. */
function recorded(port: Port, reads: Read[]): Port {
  const send = (command: Parameters<Port['reader']['send']>[0]) => {
    const { Limit = 0 } = command.input as { Limit?: number }
    reads.push({ operation: command.constructor.name, limit: Limit })
    return port.reader.send(command)
  }
  return { ...port, reader: { send } as unknown as Port['reader'] }
}

/** A workspace with ten thousand events on one chart. */
async function open() {
  const { port } = await openPlainHoldfast()
  const reads: Read[] = []
  const api = seatsioOver(runtimeOver(recorded(port, reads)))
  await api('POST /system/public/charts/hall', rowDrawing())
  const keys = Array.from({ length: EVENTS }, (_, index) => `e${index}`)
  for (let start = 0; start < EVENTS; start += CREATED) {
    const events = keys.slice(start, start + CREATED).map((eventKey) => ({ eventKey }))
    const { status } = await api('POST /events/actions/create-multiple', {
      chartKey: 'hall',
      events,
    })
    expect(status).toBe(200)
  }
  const page = async (query: string) => {
    reads.length = 0
    const { body } = await api(`GET /events?${query}`)
    return { ...(body as unknown as Page), reads: [...reads] }
  }
  return { page, newestFirst: keys.toReversed() }
}

test('ten thousand events are listed in order, each page by the same few requests and none by a scan', async () => {
  const { page, newestFirst } = await open()
  await page('')
  const listed: string[] = []
  let after = ''
  for (;;) {
    const { items, reads, next_page_starts_after: next } = await page(`start_after_id=${after}`)
    listed.push(...items.map(({ key }) => key))
    expect(reads.length).toBeLessThanOrEqual(6)
    expect(reads.map(({ operation }) => operation)).not.toContain('ScanCommand')
    expect(Math.max(...reads.map(({ limit }) => limit))).toBeLessThanOrEqual(PAGE + 1)
    if (next === undefined) break
    expect(items).toHaveLength(PAGE)
    after = next
  }
  expect(listed).toEqual(newestFirst)
  const back = await page(`end_before_id=${after}&limit=3`)
  expect(back.items.map(({ key }) => key)).toEqual(newestFirst.slice(-24, -21))
  expect(back.reads.length).toBeLessThanOrEqual(6)
}, 60_000)
