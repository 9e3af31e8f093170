import { gunzipSync } from 'node:zlib'
import type { DynamoDBRecord } from 'aws-lambda'
import { describe, expect, test } from 'vitest'
import { relayBatch } from '../../../functions/workers/relay-changes.ts'
import { readTimer } from '../../../lib/afterwards/hold-timers.ts'
import type { Notice } from '../../../lib/rules/notice.ts'
import { rowDrawing } from '../../support/drawings.ts'
import { labelsOf, TOKEN } from '../../support/scene.ts'
import { openToldScene, type Told } from '../../support/told.ts'

describe('what the bus does not take comes again', () => {
  const seatsOf = (notices: readonly Notice[]) => notices.map(({ objectLabel }) => objectLabel)

  async function heldRow() {
    const scene = await openToldScene(rowDrawing({ rows: 1, seatsPerRow: 25 }))
    const objectLabels = labelsOf('A', 1, 25)
    await scene.api(`POST ${scene.seats}/hold`, { objectLabels, holdToken: TOKEN })
    return { ...scene, objectLabels }
  }

  test('an entry that is refused once is sent again at once, and alone', async () => {
    const { told, objectLabels } = await heldRow()
    let calls = 0
    told.messaging.engine.inject = ({ operation }) => {
      if (operation !== 'PutEvents') return undefined
      calls += 1
      return calls === 1 ? { failedEntries: [3] } : undefined
    }
    await told.relay()
    expect(calls).toBe(4)
    expect(seatsOf(told.notices()).toSorted()).toEqual(objectLabels.toSorted())
  })

  test('an entry that stays refused fails the batch from its record on', async () => {
    const { told, runtime, messaging, objectLabels } = await withMessaging(await heldRow())
    const batch = async () => {
      const Records = told.records.slice()
      return relayBatch(runtime, messaging.bus, { Records })
    }
    await told.relay()
    told.forget()
    messaging.engine.inject = ({ operation }) =>
      operation === 'PutEvents' ? { failedEntries: [0] } : undefined
    const { batchItemFailures } = await batch()
    const rows = told.records.filter(({ dynamodb }) => dynamodb?.NewImage?.['s'] !== undefined)
    const [first] = rows
    expect(batchItemFailures).toEqual([{ itemIdentifier: first?.dynamodb?.SequenceNumber }])
    messaging.engine.inject = undefined
    expect(await batch()).toEqual({ batchItemFailures: [] })
    expect(new Set(seatsOf(told.notices())).size).toBe(objectLabels.length)
  })

  test('a bus that is down stops only the telling: afterwards everything is told, under the same ids', async () => {
    const { told, objectLabels } = await heldRow()
    let isDown = true
    let refused = 0
    told.messaging.engine.inject = ({ operation }) => {
      if (operation !== 'PutEvents' || !isDown) return undefined
      refused += 1
      if (refused > 40) isDown = false
      return refused % 2 === 0 ? 'internal-error' : 'lost-after'
    }
    await told.relay()
    const ids = new Set(told.notices().map(({ id }) => id))
    expect(ids.size).toBe(objectLabels.length)
    expect(told.notices().length).toBeGreaterThan(objectLabels.length)
  })

  test('records that come again and out of order have the same ids', async () => {
    const { told, runtime, messaging } = await withMessaging(await heldRow())
    await told.relay()
    const ids = new Set(told.notices().map(({ id }) => id))
    await relayBatch(runtime, messaging.bus, { Records: told.records.toReversed() })
    expect(new Set(told.notices().map(({ id }) => id))).toEqual(ids)
  })

  async function withMessaging<T extends { told: Told }>(scene: T) {
    return Promise.resolve({ ...scene, messaging: scene.told.messaging })
  }
})

describe('a record that cannot be read is set aside whole and does not stop the others', () => {
  test.each([
    ['a row without a time', { at: { S: 'soon' } }],
    ['a row without a status', { s: { N: '1' } }],
    ['a row whose extra data are no JSON', { ed: { S: '{' } }],
  ])('%s', async (_, damage) => {
    const { told, api, seats, runtime } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
    await told.relay()
    told.forget()
    const Records = told.records
      .filter(({ dynamodb }) => dynamodb?.NewImage?.['s'] !== undefined)
      .map((record, index) =>
        index > 0
          ? record
          : {
              ...record,
              dynamodb: {
                ...record.dynamodb,
                NewImage: { ...record.dynamodb?.NewImage, ...damage },
              },
            },
      )
    const answer = await relayBatch(runtime, told.messaging.bus, { Records })
    expect(answer).toEqual({ batchItemFailures: [] })
    expect(told.notices()).toHaveLength(1)
    expect(told.messaging.bodies('failures')).toEqual([JSON.parse(JSON.stringify(Records[0]))])
  })

  test('also one that no message could carry as it is', async () => {
    const { told, runtime } = await openToldScene()
    const image = { pk: { S: 'T#one#token' }, sk: { S: 'H#1' }, l: { S: 'x'.repeat(300_000) } }
    const record = { dynamodb: { SequenceNumber: '1', NewImage: image } }
    await relayBatch(runtime, told.messaging.bus, { Records: [record] })
    const [body] = told.messaging.bodies('failures') as { gzip: string }[]
    const text = gunzipSync(Buffer.from(body?.gzip ?? '', 'base64')).toString()
    expect(JSON.parse(text)).toEqual(record)
  })

  test('and one of an event that nobody knows', async () => {
    const { told, runtime, api, seats } = await openToldScene()
    await api(`POST ${seats}/hold`, { objectLabel: 'A-1', holdToken: TOKEN })
    await told.relay()
    const row = told.records.find(({ dynamodb }) => dynamodb?.NewImage?.['s'] !== undefined)
    const image = { ...row?.dynamodb?.NewImage, pk: { S: 'S#nobody#1' } }
    const record = { ...row, dynamodb: { ...row?.dynamodb, NewImage: image } }
    const answer = await relayBatch(runtime, told.messaging.bus, { Records: [record] })
    expect(answer).toEqual({ batchItemFailures: [] })
    expect(told.messaging.bodies('failures')).toHaveLength(1)
  })
})

describe('what was stored before such texts were refused silences nobody', () => {
  const bad = 'token-\uffff-of-ada'
  const isRow = (record: DynamoDBRecord) => record.dynamodb?.NewImage?.['s'] !== undefined
  const isHold = (record: DynamoDBRecord) => record.dynamodb?.NewImage?.['l'] !== undefined

  function withAttributes(record: DynamoDBRecord, changed: object): DynamoDBRecord {
    const { dynamodb } = record
    return { ...record, dynamodb: { ...dynamodb, NewImage: { ...dynamodb?.NewImage, ...changed } } }
  }

  async function heldSeats() {
    const scene = await openToldScene()
    await scene.api(`POST ${scene.seats}/hold`, { objectLabels: ['A-1', 'A-2'], holdToken: TOKEN })
    await scene.told.relay()
    scene.told.forget()
    return scene
  }

  test.each([
    ['a token', { t: { S: bad } }],
    ['an order', { oid: { S: bad } }],
    ['a label', { sk: { S: bad } }],
  ])(
    '%s that no queue takes: its record is set aside, with a reason in the log',
    async (_, poison) => {
      const { told, runtime, log } = await heldSeats()
      const [first, ...others] = told.records.filter(isRow)
      if (first === undefined) throw new Error('Bug: no record')
      const record = withAttributes(first, poison)
      const answer = await relayBatch(runtime, told.messaging.bus, { Records: [record, ...others] })
      expect(answer).toEqual({ batchItemFailures: [] })
      expect(told.notices()).toHaveLength(1)
      expect(told.messaging.bodies('failures')).toEqual([JSON.parse(JSON.stringify(record))])
      const reason = 'A text of the notice has characters that no queue takes'
      expect(log).toContainEqual({ level: 'error', worker: 'relay-changes', error: reason })
    },
  )

  test('a hold with such a token and label has its timer all the same', async () => {
    const { told, runtime } = await heldSeats()
    const [hold] = told.records.filter(isHold)
    if (hold === undefined) throw new Error('Bug: no hold entry')
    const pk = { S: `${hold.dynamodb?.NewImage?.['pk']?.S ?? ''}\uffff` }
    const record = withAttributes(hold, { pk, l: { L: [{ S: 'A-\ufffe' }] } })
    const timers = told.messaging.list('timers').length
    const answer = await relayBatch(runtime, told.messaging.bus, { Records: [record] })
    expect(answer).toEqual({ batchItemFailures: [] })
    const { body = '' } = told.messaging.list('timers')[timers] ?? {}
    expect(readTimer(body)).toMatchObject({ holdToken: `${TOKEN}\uffff`, labels: ['A-\ufffe'] })
  })

  test('a timer that the queue refuses for good is set aside, and the others begin', async () => {
    const { told, runtime } = await heldSeats()
    const [hold] = told.records.filter(isHold)
    if (hold === undefined) throw new Error('Bug: no hold entry')
    const record = withAttributes(hold, { l: { L: [{ S: 'x'.repeat(1_100_000) }] } })
    const timers = told.messaging.list('timers').length
    const answer = await relayBatch(runtime, told.messaging.bus, { Records: [record, hold] })
    expect(answer).toEqual({ batchItemFailures: [] })
    expect(told.messaging.list('timers')).toHaveLength(timers + 1)
    expect(told.messaging.list('failures')).toHaveLength(1)
  })

  test('a record that the queue of failures refuses even compressed goes there in part', async () => {
    const { told, runtime } = await openToldScene()
    const noise = Array.from({ length: 900_000 }, (_, index) => {
      return String.fromCharCode(0x4e00 + ((index * 2_654_435_761) % 20_000))
    }).join('')
    const image = { pk: { S: 'T#one#token' }, sk: { S: 'H#1' }, l: { S: noise } }
    const record = { dynamodb: { SequenceNumber: '1', NewImage: image } }
    const answer = await relayBatch(runtime, told.messaging.bus, { Records: [record] })
    expect(answer).toEqual({ batchItemFailures: [] })
    const [left] = told.messaging.bodies('failures') as { record: string }[]
    expect(left?.record).toContain('T#one#token')
  })
})
