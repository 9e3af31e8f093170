import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { recoverOperations } from '../../../../lib/afterwards/recover-operations.ts'
import type { Item } from '../../../../lib/store/table/items.ts'
import { keys, type Key } from '../../../../lib/store/table/table.ts'
import { holdForRival, openLockedSeats, type LockedSeats } from '../../../support/locked-seats.ts'
import { recoverAll } from '../../../support/workers.ts'

/** Changes an item as no code of ours does. */
async function damage({ port }: LockedSeats, key: Key, { set = {}, remove = [] }: Damage) {
  const names = [...Object.keys(set), ...remove]
  const aliases = Object.fromEntries(names.map((name, at) => [`#n${at}`, name]))
  const aliasOf = (name: string) => `#n${names.indexOf(name)}`
  const sets = Object.keys(set).map((name) => `${aliasOf(name)} = :${name}`)
  const parts = [
    sets.length === 0 ? '' : `SET ${sets.join(', ')}`,
    remove.length === 0 ? '' : `REMOVE ${remove.map(aliasOf).join(', ')}`,
  ]
  const values = Object.entries(set).map(([name, value]) => [`:${name}`, value] as const)
  await port.writer.send(
    new UpdateCommand({
      TableName: port.tableName,
      Key: key,
      UpdateExpression: parts.join(' '),
      ExpressionAttributeNames: aliases,
      ...(values.length === 0 ? {} : { ExpressionAttributeValues: Object.fromEntries(values) }),
    }),
  )
}

interface Damage {
  readonly set?: Item
  readonly remove?: readonly string[]
}

/** What everybody gets who meets a damaged commit: seats that are busy, a log line with the key, and nothing else harmed. */
async function expectContained(locked: LockedSeats, key: Key, busy: readonly string[]) {
  const rival = locked.another('rival')
  for (const label of busy) {
    const outcome = await holdForRival(locked, rival.context, [label])
    expect(outcome).toMatchObject({ ok: false, refusal: { seats: [{ label, code: 'busy' }] } })
  }
  const lines = locked.log.filter((line) => line['level'] === 'error')
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.map((line) => line['key'])).toContainEqual(key)
  expect((await holdForRival(locked, rival.context, ['B-1', 'B-2', 'B-3'])).ok).toBe(true)
  const status = await locked.api(`GET /api/v1/events/${locked.event.eventKey}/status`)
  expect(status.status).toBe(200)
  await recoverAll(locked, locked.from)
  for (const label of busy) expect(await locked.item(label)).toHaveProperty('lk')
  expect((await holdForRival(locked, rival.context, ['B-4'])).ok).toBe(true)
}

describe('a damaged header keeps its seats busy and is reported by its key:', () => {
  test.each<[string, Damage]>([
    ['without a state', { remove: ['st'] }],
    ['with a state that there is not', { set: { st: 'X' } }],
    ['with a state of another type', { set: { st: 7 } }],
    ['with a state that every object has', { set: { st: 'constructor' } }],
    ['without a deadline', { remove: ['dl'] }],
    ['with a deadline that is text', { set: { dl: '1' } }],
    ['without a count of parts', { remove: ['parts'] }],
    ['with no parts', { set: { parts: 0 } }],
    ['with half a part', { set: { parts: 1.5 } }],
    ['with more parts than any commit has', { set: { parts: 1_000_000 } }],
  ])('%s', async (_, how) => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    const key = keys.operation(locked.operationId)
    await damage(locked, key, how)
    await expectContained(locked, key, ['A-1', 'A-2'])
  })
})

describe('a damaged lock keeps its seat busy, is reported by its key, and leaves the other seats alone:', () => {
  test.each<[string, Damage]>([
    ['of a number', { set: { lk: 7 } }],
    ['of nothing', { set: { lk: null } }],
    ['without effect', { remove: ['ln'] }],
    ['with an effect that is text', { set: { ln: 'x' } }],
    ['with an effect that is a list', { set: { ln: [] } }],
    ['with an effect without a version', { set: { ln: { s: 'held' } } }],
    ['with a version that is text', { set: { ln: { s: 'held', v: '1' } } }],
  ])('%s', async (_, how) => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    const key = keys.seat(locked.event, 'A-1')
    await damage(locked, key, how)
    await expectContained(locked, key, ['A-1'])
    for (const label of ['A-2', 'A-3', 'A-4']) {
      const item = await locked.item(label)
      expect(item).not.toHaveProperty('lk')
      expect(item).toMatchObject({ s: 'held', v: 1 })
    }
  })
})

describe('damaged details of a committed operation keep its seats busy and are reported by their key:', () => {
  const gzip = (text: string) => new Uint8Array(gzipSync(text))

  test.each<[string, Item | undefined]>([
    ['which are missing', undefined],
    ['which are no binary', { data: 'x' }],
    ['which are empty', {}],
    ['which are not compressed', { data: new Uint8Array([1, 2, 3]) }],
    ['which are cut', { data: gzip('{"rows": [], "entries": []}').subarray(0, 20) }],
    ['which are no JSON', { data: gzip('{') }],
    ['which are null', { data: gzip('null') }],
    ['which are an empty object', { data: gzip('{}') }],
    ['which are a list', { data: gzip('[]') }],
    ['whose rows are no list', { data: gzip('{"rows": 1, "entries": []}') }],
    ['whose entries are null', { data: gzip('{"rows": [], "entries": null}') }],
  ])('%s', async (_, details) => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    const key = keys.details(locked.operationId, 0)
    if (details === undefined) await damage(locked, key, { remove: ['data'] })
    else {
      const Item = { ...key, ...details }
      await locked.port.writer.send(new PutCommand({ TableName: locked.port.tableName, Item }))
    }
    await expectContained(locked, key, ['A-1', 'A-2'])
  })

  test('of which a part is missing', async () => {
    const locked = await openLockedSeats()
    await locked.enter('committed')
    await damage(locked, keys.operation(locked.operationId), { set: { parts: 2 } })
    await expectContained(locked, keys.details(locked.operationId, 0), ['A-1', 'A-2'])
  })
})

test('a damaged operation is put off, and ended once somebody has mended it', async () => {
  const locked = await openLockedSeats()
  await locked.enter('committed')
  await damage(locked, keys.operation(locked.operationId), { set: { st: 'X' } })
  const { clock, runtime, table } = locked
  await recoverAll({ clock, runtime, table }, locked.from)
  const entries = () => table.items().filter(({ pk }) => pk === 'R')
  const before = entries()
  await damage(locked, keys.operation(locked.operationId), { set: { st: 'C' } })
  const { ended, failed } = await countAfter(locked, 600_000)
  expect({ before: before.length, ended, failed, left: entries().length }).toEqual({
    before: 1,
    ended: 1,
    failed: 0,
    left: 0,
  })
  expect(await locked.item('A-1')).toMatchObject({ s: 'held', v: 1 })
})

async function countAfter({ clock, runtime }: LockedSeats, milliseconds: number) {
  clock.advance(milliseconds)
  return recoverOperations(runtime.store, (operationId, error) => {
    throw new Error(operationId, { cause: error })
  })
}
