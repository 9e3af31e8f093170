import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addSeconds } from '../../../../lib/clock.ts'
import { learn, nothingKnown, type RowCheck, type Writes } from '../../../../lib/rules/rows.ts'
import { commit } from '../../../../lib/store/commit/commit.ts'
import { createHoldToken, getHoldToken } from '../../../../lib/store/seats/hold-tokens.ts'
import { openPlainHoldfast } from '../../../support/plain-holdfast.ts'

const FOLDER = 'lib/store/commit'
const event = { eventId: 'event', shards: 1 }
const name = { workspaceId: 'one', holdToken: 'token' }

/** A token that was issued, and a seat and a token that are held under what was read of both. */
async function open(transactionItemsMax: number, tokenVersion: number) {
  const { port } = await openPlainHoldfast({ transactionItemsMax })
  const now = port.clock.now()
  const until = addSeconds(now, 600)
  const row = { createdAt: now, expiresAt: until, version: 1, objects: 0 }
  await createHoldToken(port, name, { row, receipt: undefined })
  const guard = { version: tokenVersion, hold: { after: now, until } }
  const token: RowCheck<'token'> = { kind: 'token', holdToken: name.holdToken, guard }
  const held = { status: 'held', holdToken: name.holdToken, heldUntil: until } as const
  const seat = {
    kind: 'seat',
    event,
    label: 'A-1',
    guard: { version: undefined },
    before: { status: 'free' },
    after: { version: 1, state: held, changedAt: now, operationId: 'operation' },
  } as const
  const after = { ...row, version: 2, objects: 1 }
  const writes = (rows: Writes['rows'], checks: Writes['checks']): Writes => {
    return { operationId: port.ids.ulid(), rows, checks, history: [], holds: [] }
  }
  return { port, row, seat, token, after, writes }
}

describe.each([
  ['one transaction', 100],
  ['a large commit', 1],
] as const)('rows of different kinds in %s', (_, transactionItemsMax) => {
  test('are written together, and lost together', async () => {
    const { port, row, seat, token, after, writes } = await open(transactionItemsMax, 1)
    const both = writes([seat, { ...token, before: row, after }], [])
    expect(await commit(port, { workspaceId: 'one', writes: both })).toMatchObject({
      status: 'committed',
    })
    expect(await getHoldToken(port, name)).toEqual(after)
  })

  test.each(['written', 'checked'])(
    'that are %s and lost come back as what they are',
    async (how) => {
      const { port, row, seat, token, after, writes } = await open(transactionItemsMax, 7)
      const mixed =
        how === 'written'
          ? writes([seat, { ...token, before: row, after }], [])
          : writes([seat], [token])
      const outcome = await commit(port, { workspaceId: 'one', writes: mixed })
      if (outcome.status !== 'contended') throw new Error(outcome.status)
      expect(outcome.lost).toMatchObject([{ kind: 'token', holdToken: name.holdToken }])
      expect(outcome.seen).toMatchObject([{ kind: 'token', row }])
      const known = nothingKnown()
      for (const seen of outcome.seen) learn(known, seen)
      expect([...known.token]).toEqual([[name.holdToken, row]])
      expect(await getHoldToken(port, name)).toEqual(row)
    },
  )
})

test('the protocol names no kind of row', () => {
  const naming = readdirSync(FOLDER).filter((file) =>
    /'seat'|'block'|'plan'|'season'|'token'|\b(seat|season|token)Item|read(Seat|Season|Token)Item|partitionStarts.seats|partitionStarts.holds|keys\.(seat|token)\b/u.test(
      readFileSync(`${FOLDER}/${file}`, 'utf8'),
    ),
  )
  expect(naming).toEqual([])
})
