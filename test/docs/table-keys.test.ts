import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { instant } from '../../lib/clock.ts'
import { deliveryPartition, keys, type Key } from '../../lib/store/table/table.ts'

const architecture = await readFile(new URL('../../docs/architecture.md', import.meta.url), 'utf8')

const event = { eventId: 'E1', shards: 16 }
const request = { keyId: 'K1', hash: 'abc' }
const entry = { operationId: '01O', event }

/** One key of every kind that the code makes. */
const samples = {
  seat: keys.seat(event, 'A-1'),
  history: keys.history(event, '01O', 0),
  hold: keys.hold('one', 'token', entry),
  token: keys.token('one', 'token'),
  admission: keys.admission('one', 'turn-7'),
  operation: keys.operation('01O'),
  details: keys.details('01O', 2),
  recovery: keys.recovery(instant(7), '01O'),
  receipt: keys.receipt(request),
  receiptPart: keys.receiptPart(request, { answerId: '01A', part: 1 }),
  progress: keys.progress(request, 1),
  eventHead: keys.eventHead('one', 'gala'),
  eventById: keys.eventById('E1'),
  chartHead: keys.chartHead('one', 'hall'),
  chartEnded: keys.chartEnded('one', 'hall', '01C'),
  manifest: keys.manifest('one', 'hall', 0),
  chartFacts: keys.chartFacts('one', 'hall', 0),
  eventDetails: keys.eventDetails('E1', '01T', 0),
  snapshotCounter: keys.snapshotCounter('E1'),
  snapshotHead: keys.snapshotHead('E1'),
  snapshotPart: keys.snapshotPart('E1', { slot: 1, part: 0 }),
  drawing: keys.drawing('01D', 0),
  chartListing: keys.chartListing('one', 7),
  archiveListing: keys.archiveListing('one', 7),
  eventListing: keys.eventListing('one', 7),
  chartEvent: keys.chartEvent('one', 'hall', 7),
  counters: keys.counters('one'),
  workspaceListing: keys.workspaceListing('acme', 7),
  logLine: keys.logLine('acme', 7),
  usage: keys.usage('one', '2031-05#7#0'),
  buyer: keys.buyer('acme', { number: 7, id: 'b' }),
  company: keys.company('acme'),
  workspace: keys.workspace('one'),
  workspaceByKey: keys.workspaceByKey('public'),
  keyListing: keys.keyListing('one', 'K1'),
  holder: keys.holder('K1#192.0.2.7', entry),
  apiKey: keys.apiKey('abc'),
  webhook: keys.webhook('one', 'wh1'),
  webhookBefore: keys.webhookBefore('one', 'wh1'),
  webhookTurn: keys.webhookTurn('one'),
  webhookIndex: keys.webhookIndex('one', 'wh1'),
  delivery: keys.delivery(deliveryPartition('wh1', '7'), '7#n'),
  endpointHealth: keys.endpointHealth(deliveryPartition('wh1', 's0')),
  revision: keys.revision('c1', 31),
} satisfies Record<keyof typeof keys, Key>

/** A row of the table: what its keys look like. */
interface Row {
  readonly item: string
  readonly pk: RegExp[]
  readonly sk: RegExp[]
}

/** The forms in backticks: `<…>` stands for a part without `#`, and `…` for anything. */
function formsIn(cell: string): RegExp[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, form = '']) => {
    const pattern = form
      .split(/(<[^>]*>|…)/)
      .map((part) => {
        if (part === '…') return '.*'
        return part.startsWith('<') ? '[^#]+' : part
      })
      .join('')
    return new RegExp(`^${pattern}$`)
  })
}

/** The rows of the table of keys. */
function rows(): Row[] {
  const [, table = ''] = /\n(\| item [\s\S]*?)\n\n/.exec(architecture) ?? []
  return table
    .split('\n')
    .slice(2)
    .map((line) => {
      const [, item = '', pk = '', sk = ''] = line.split('|')
      return { item: item.trim(), pk: formsIn(pk), sk: formsIn(sk) }
    })
}

const fits = ({ pk, sk }: Row, key: Key) =>
  pk.some((form) => form.test(key.pk)) && sk.some((form) => form.test(key.sk))

test('every key that the code makes stands in the table of the architecture', () => {
  const unknown = Object.entries(samples).filter(([, key]) => !rows().some((row) => fits(row, key)))
  expect(unknown.map(([name]) => name)).toEqual([])
})

test('no row of that table is of items that no code makes', () => {
  const idle = rows().filter((row) => !Object.values(samples).some((key) => fits(row, key)))
  expect(idle.map(({ item }) => item)).toEqual([])
  expect(rows().length).toBeGreaterThan(20)
})
