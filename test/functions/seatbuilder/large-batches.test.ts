import { DeleteCommand } from '@aws-sdk/lib-dynamodb'
import { describe, expect, test } from 'vitest'
import { OPERATION_MS_MAX } from '../../../lib/store/commit/lease.ts'
import { keys } from '../../../lib/store/table/table.ts'
import { holdingsOf, walk, wholeOf } from '../../support/kills.ts'
import { arenaDrawing, arenaLabels } from '../../support/drawn-arena.ts'
import {
  isReplay,
  openWriteScene,
  sendKeyed,
  type WriteRequest,
} from '../../support/every-write.ts'
import { openPlainHoldfast } from '../../support/plain-holdfast.ts'
import { labelsOf, makeEvent, OTHER_TOKEN, TOKEN } from '../../support/scene.ts'
import { recoverAll } from '../../support/workers.ts'
import { keepReceipt, findRecorded } from '../../../lib/store/table/receipts.ts'

const LABELS = labelsOf('B', 1, 4)

/** Details and header, then a lock for each seat, then the decision. */
const LOCKED = 2 + LABELS.length
const DECIDED = LOCKED + 1

/** A large commit under a key, whose process can be killed after any write. */
async function openWalk() {
  const scene = await openWriteScene({ transactionItemsMax: 3 })
  const write: WriteRequest = {
    request: `POST /api/v1/events/${scene.eventKey}/seats/hold`,
    body: { objectLabels: LABELS, holdToken: TOKEN },
  }
  const walked = await walk(scene, () => sendKeyed(scene.api, write))
  expect(walked.result.status).toBe(200)
  const start = scene.clock.now()
  const client = scene.another('client')
  return {
    ...scene,
    walked,
    write,
    /** Puts the table into the state after that many writes. */
    kill: (writes: number) => {
      const state = walked.states[writes]
      if (state === undefined) throw new Error(`no state after ${writes}`)
      scene.table.restore(state.table)
      scene.clock.advance(start - scene.clock.now())
    },
    repeat: (body = write.body) => sendKeyed(client.api, { ...write, ...(body && { body }) }),
  }
}

const running = {
  status: 409,
  body: {
    statusCode: 409,
    message:
      'The first request with this Idempotency-Key is still under way: repeat this one in a moment',
  },
}

describe('a repeat of a request whose large commit was cut off', () => {
  test('before it was opened, runs', async () => {
    const { kill, repeat, walked } = await openWalk()
    for (const writes of [0, 1]) {
      kill(writes)
      const again = await repeat()
      expect([again, isReplay(again)]).toEqual([walked.result, false])
    }
  })

  test('while it is pending, is told so and does nothing; after the deadline it runs', async () => {
    const { kill, repeat, table, clock, log } = await openWalk()
    for (let writes = 2; writes <= LOCKED; writes += 1) {
      kill(writes)
      const before = structuredClone(table.items())
      clock.advance(OPERATION_MS_MAX - 1)
      expect(await repeat()).toEqual(running)
      expect(table.items()).toEqual(before)
      clock.advance(1)
      const again = await repeat()
      expect([again.status, isReplay(again)]).toEqual([200, false])
      const third = await repeat()
      expect([third, isReplay(third)]).toEqual([again, true])
    }
    expect(log).toEqual([])
  })

  test('after the decision, drives it to its end and gets its answer', async () => {
    const { kill, repeat, walked, table } = await openWalk()
    for (let writes = DECIDED; writes <= walked.writes; writes += 1) {
      kill(writes)
      const again = await repeat()
      expect([again, isReplay(again)], `after ${writes}`).toEqual([walked.result, true])
      const holdings = holdingsOf(table)
      expect([wholeOf(holdings, walked), holdings.loose]).toEqual(['everything', []])
    }
  })

  test('and whose header is missing, is told that the outcome is unknown, and never runs', async () => {
    const { kill, repeat, walked, table, port, log } = await openWalk()
    kill(walked.writes)
    const receipt = table.items().find(({ pk, sk }) => String(pk).startsWith('I#') && sk === 'I')
    const Key = keys.operation(String(receipt?.['op']))
    await port.writer.send(new DeleteCommand({ TableName: port.tableName, Key }))
    const before = structuredClone(table.items())
    for (let time = 0; time < 2; time += 1) {
      const again = await repeat()
      expect(again.status).toBe(503)
      expect(again.body['message']).toMatch(/may or may not have been made/)
    }
    expect(table.items()).toEqual(before)
    expect(log).toMatchObject([{ level: 'error' }, { level: 'error' }])
  })

  test('but which asks for something else, is refused in every state', async () => {
    const { kill, repeat, table, walked } = await openWalk()
    for (let writes = 2; writes <= walked.writes; writes += 1) {
      kill(writes)
      const before = structuredClone(table.items())
      const other = { objectLabels: LABELS, holdToken: OTHER_TOKEN }
      expect((await repeat(other)).status).toBe(422)
      expect(table.items()).toEqual(before)
    }
  })

  test('by two copies at once, takes effect once', async () => {
    const { kill, repeat, table, clock, walked, runtime } = await openWalk()
    const from = walked.states[0]?.table.records.length ?? 0
    for (const [writes, milliseconds] of [
      [1, 0],
      [LOCKED, OPERATION_MS_MAX],
      [DECIDED, 0],
    ] as const) {
      kill(writes)
      clock.advance(milliseconds)
      const both = await Promise.all([repeat(), repeat()])
      const statuses = both.map(({ status }) => status).sort()
      expect([
        [200, 200],
        [200, 409],
      ]).toContainEqual(statuses)
      const answer = both.find(({ status }) => status === 200)
      const last = await repeat()
      expect([last, isReplay(last)]).toEqual([answer, true])
      await recoverAll({ table, clock, runtime }, from)
      const { sold, loose } = holdingsOf(table)
      expect(loose).toEqual([])
      expect(sold.size).toBe(walked.after.sold.size)
    }
  })
})

describe('a large request under a key that is refused', () => {
  test('keeps nothing: once the seats are free, the same request holds them', async () => {
    const { api, eventKey, clock } = await openWriteScene({ transactionItemsMax: 3 })
    const seats = `/api/v1/events/${eventKey}/seats` as const
    await api(`POST ${seats}/hold`, { objectLabel: 'B-3', holdToken: OTHER_TOKEN, ttlSeconds: 60 })
    const write = {
      request: `POST ${seats}/hold`,
      body: { objectLabels: LABELS, holdToken: TOKEN },
    } as const
    expect((await sendKeyed(api, write)).status).toBe(409)
    clock.advance(60_000)
    const again = await sendKeyed(api, write)
    expect([again.status, isReplay(again)]).toEqual([200, false])
  })
})

/** Text that does not compress well: the same in every run. */
function noise(length: number, seed: number): string {
  let state = seed
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCharCode(35 + ((state >>> 16) % 57))
  }).join('')
}

describe('an answer of more than one item', () => {
  test('of 200 bookings with 4 KB of extra data each comes back the same, from the details', async () => {
    const holdfast = await openPlainHoldfast()
    const { api } = holdfast
    const { eventKey } = await makeEvent(api, arenaDrawing())
    const seats = `/api/v1/events/${eventKey}/seats` as const
    const labels = arenaLabels(200)
    for (const [at, objectLabel] of labels.entries()) {
      const extraData = { n: noise(4_080, at) }
      const hold = await api(`POST ${seats}/hold`, { objectLabel, holdToken: TOKEN, extraData })
      expect(hold.status).toBe(200)
    }
    const book = {
      request: `POST ${seats}/book`,
      body: { objectLabels: labels, holdToken: TOKEN },
    } as const
    const first = await sendKeyed(api, book)
    expect(first.status).toBe(200)
    const details = holdfast.table.items().filter(({ sk }) => String(sk).startsWith('D#'))
    expect(details.length).toBeGreaterThan(2)
    const again = await sendKeyed(api, book)
    expect([isReplay(again), again]).toEqual([true, first])
  })

  test('is kept in parts and read from them; a new answer under the key takes no part of an old one', async () => {
    const { runtime, clock, table } = await openPlainHoldfast()
    const { store } = runtime
    const name = { keyId: 'one-secret', hash: 'a', fingerprint: 'f' }
    const answers = [1, 2].map((seed) => ({ status: 200, body: noise(1_000_000, seed) }))
    for (const answer of answers) {
      await keepReceipt(store, { ...name, answer })
      const kept = await findRecorded(store, name)
      expect(kept).toEqual({ kind: 'answer', fingerprint: 'f', answer })
      expect(table.items().filter(({ pk }) => pk === 'I#one-secret#a').length).toBeGreaterThan(2)
      clock.advance(24 * 3_600_000)
      expect(await findRecorded(store, name)).toBeUndefined()
    }
  })
})
