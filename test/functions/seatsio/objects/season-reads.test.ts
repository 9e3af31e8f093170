import { expect, test } from 'vitest'
import { openSeason } from '../../../support/season-scene.ts'
import { verdictOf, type Info } from '../../../support/seatsio-scene.ts'

// What is told of seasons and of their events elsewhere than in infos, and tokens that hold in them.

const shows = ['season', 'spring', 'autumn', 'match-1', 'match-2', 'match-3']

test('reports tell what infos tell, of seasons, their parts and their events', async () => {
  const { season, api, infos } = await openSeason()
  await season.book('season', ['A-1'], { orderId: 'o-1' })
  await season.override('match-1', ['A-1', 'A-2'])
  await season.change('match-2', ['A-2'], { status: 'checkedIn' })
  await season.resale('match-3', ['A-3'])
  const labels = ['A-1', 'A-2', 'A-3', 'T1-1']
  for (const event of shows) {
    const { body } = await api(`GET /reports/events/${event}/byLabel`)
    const report = (body ?? {}) as Record<string, Info[]>
    const told = Object.fromEntries(labels.map((label) => [label, report[label]?.[0]]))
    expect(told).toEqual(await infos(labels, event))
  }
  const { body } = await api('GET /reports/events/spring/byStatus/summary')
  expect(body).toMatchObject({ booked: { count: 1 }, checkedIn: { count: 1 } })
})

test('a token that was issued keeps what it holds in seasons and in events together, and lets go of all of it at once', async () => {
  const { season, api, token, clock, native } = await openSeason()
  const holdToken = await token(10)
  await season.hold('season', ['A-1'], { holdToken })
  await season.hold('spring', ['A-2'], { holdToken })
  await season.hold('match-3', ['A-2', 'A-3'], { holdToken })
  const held = 'reservedByToken'
  expect(await season.everywhere('A-1')).toBe(Array.from(shows, () => held).join(' '))
  expect(verdictOf(await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 30 }))).toBe(
    '200',
  )
  clock.advance(15 * 60_000)
  for (const label of ['A-1', 'A-2', 'A-3']) {
    expect(await season.everywhere(label)).toMatch(/^reservedByToken /)
  }
  const extended = await native('POST /api/v1/events/spring/seats/extend', {
    holdToken,
    ttlSeconds: 1_800,
  })
  expect(extended.body['extended']).toEqual([{ objectLabel: 'A-2' }])
  clock.advance(20 * 60_000)
  expect(await season.everywhere('A-1')).toBe(Array.from(shows, () => held).join(' '))
  expect(verdictOf(await api(`POST /hold-tokens/${holdToken}`, { expiresInMinutes: 0 }))).toBe(
    '200',
  )
  for (const label of ['A-1', 'A-2', 'A-3']) {
    expect(await season.everywhere(label)).toBe('free free free free free free')
    expect(verdictOf(await season.book('season', [label]))).toBe('200')
  }
})
