import { describe, expect, test } from 'vitest'
import { seatsioOver, type SeatsioApi } from '../../../support/seatsio.ts'
import { apiOver } from '../../../support/api.ts'
import { diceOf } from '../../../support/dice.ts'
import { rowDrawing } from '../../../support/drawings.ts'
import { labelsOf } from '../../../support/scene.ts'
import { openSeatsioScene, type SeatsioScene } from '../../../support/seatsio-scene.ts'

const held = 'reservedByToken'
const SEATS = 12

/** Two processes with nothing in common but the table. */
async function openRace() {
  const scene = await openSeatsioScene(rowDrawing({ rows: 1, seatsPerRow: SEATS }))
  return {
    ...scene,
    rival: seatsioOver(scene.freshRuntime()),
    other: apiOver(scene.freshRuntime()),
  }
}

/** Some seats that follow each other. */
function someSeats(dice: (bound: number) => number): string[] {
  const from = 1 + dice(SEATS - 4)
  const labels = labelsOf('A', from, from + 1 + dice(3))
  return dice(2) === 0 ? labels : labels.reverse()
}

describe.each([1, 2, 3])('two clients that race for the same seats, seed %i', (seed) => {
  test('through both surfaces never both win, and one of them does', async () => {
    const { api, other, statuses, token } = await openRace()
    const dice = diceOf(seed)
    const all = labelsOf('A', 1, SEATS)
    let wins = 0
    for (let round = 0; round < 25; round += 1) {
      const [mine, theirs] = [someSeats(dice), someSeats(dice)]
      const holdToken = await token()
      const isHold = dice(2) === 0
      // A booking without a token may take held seats, which is no race: so it wants free ones.
      const booking = { status: 'booked', allowedPreviousStatuses: ['free'] }
      const change = isHold ? { status: held, holdToken } : booking
      const path = 'POST /events/groups/actions/change-object-status'
      const hold = { objectLabels: theirs, holdToken: `token-of-${round}` }
      const ask = () => api(path, { events: ['gala'], objects: mine, ...change })
      const askThere = () => other('POST /api/v1/events/gala/seats/hold', hold)
      const isSecond = dice(2) === 0
      const early = isSecond ? undefined : ask()
      const there = askThere()
      const answers = [await (early ?? ask()), await there] as const
      const won = answers.filter(({ status }) => status < 300).length
      const isShared = mine.some((label) => theirs.includes(label))
      expect(won).toBe(isShared ? 1 : 2)
      expect([204, 400]).toContain(answers[0].status)
      expect([200, 409]).toContain(answers[1].status)
      const taken = [answers[0].status === 204 ? mine : [], answers[1].status === 200 ? theirs : []]
      const found = await statuses(all)
      const isTaken = all.filter((_, place) => found[place] !== 'free')
      expect(isTaken.toSorted()).toEqual(taken.flat().toSorted())
      wins += won
      await api('POST /events/gala/actions/release', { objects: all })
    }
    expect(wins).toBeGreaterThanOrEqual(25)
  })

  test('in groups over two events hold all or nothing', async () => {
    const { api, rival, infos, token } = await openRace()
    const dice = diceOf(100 + seed)
    const all = labelsOf('A', 1, SEATS)
    for (let round = 0; round < 20; round += 1) {
      const clients = [
        { send: api, objects: someSeats(dice), holdToken: await token() },
        { send: rival, objects: someSeats(dice), holdToken: await token() },
        { send: api, objects: someSeats(dice), holdToken: await token() },
      ]
      const answers = await Promise.all(
        clients.map(({ send, ...hold }, place) => {
          const events = place === 1 ? ['ball', 'gala'] : ['gala', 'ball']
          return send('POST /events/groups/actions/hold', { events, ...hold })
        }),
      )
      const owners = new Map<string, string>()
      for (const [place, { objects, holdToken }] of clients.entries()) {
        if (answers[place]?.status !== 204) continue
        for (const label of objects) {
          expect(owners.has(label)).toBe(false)
          owners.set(label, holdToken)
        }
      }
      expect(owners.size).toBeGreaterThan(0)
      for (const event of ['gala', 'ball']) {
        const found = await infos(all, event)
        for (const label of all) expect(found[label]?.['holdToken']).toBe(owners.get(label))
      }
      await api('POST /events/groups/actions/release', { events: ['gala', 'ball'], objects: all })
    }
  })
})

test('many holds with one token at once, from two processes, are all its own and end together', async () => {
  const { api, rival, statuses, token, clock } = await openRace()
  const holdToken = await token(10)
  const path = 'POST /events/gala/actions/hold'
  const all = labelsOf('A', 1, 8)
  const hold = (send: SeatsioApi, label: string) => send(path, { objects: [label], holdToken })
  let left = all
  for (let attempt = 0; attempt < 8 && left.length > 0; attempt += 1) {
    const sent = left
    const answers = await Promise.all(
      sent.map((label, at) => hold(at % 2 === 0 ? api : rival, label)),
    )
    // Whoever keeps losing the token is asked to try again, as every client does.
    for (const { status } of answers) expect([204, 429]).toContain(status)
    left = sent.filter((_, at) => answers[at]?.status !== 204)
  }
  expect(left).toEqual([])
  const { body } = await api(`GET /hold-tokens/${holdToken}`)
  clock.advance(Date.parse(String(body?.['expiresAt'])) - 1 - clock.now())
  expect(new Set(await statuses(all))).toEqual(new Set([held]))
  clock.advance(1)
  expect(new Set(await statuses(all))).toEqual(new Set(['free']))
})

describe.each([1, 2, 3])('holds and changes of the deadline at once, seed %i', (seed) => {
  /** Whatever the token holds reads held to its last millisecond, and free from the next on. */
  async function expectOneEnd(scene: SeatsioScene, holdToken: string): Promise<void> {
    const { api, clock, infos } = scene
    const all = labelsOf('A', 1, SEATS)
    const { body } = await api(`GET /hold-tokens/${holdToken}`)
    const holds = async (event: string) => {
      const found = await infos(all, event)
      return all.filter((label) => found[label]?.['holdToken'] === holdToken)
    }
    const before = [await holds('gala'), await holds('ball')]
    clock.advance(Date.parse(String(body?.['expiresAt'])) - 1 - clock.now())
    expect([await holds('gala'), await holds('ball')]).toEqual(before)
    clock.advance(1)
    expect([await holds('gala'), await holds('ball')]).toEqual([[], []])
  }

  test('leave no object of a token with a deadline of its own', async () => {
    const scene = await openRace()
    const { api, rival, token } = scene
    const dice = diceOf(1_000 + seed)
    for (let round = 0; round < 8; round += 1) {
      const holdToken = await token(30)
      const hold = (send: SeatsioApi, event: string) =>
        send(`POST /events/${event}/actions/hold`, { objects: someSeats(dice), holdToken })
      const move = (send: SeatsioApi, expiresInMinutes: number) =>
        send(`POST /hold-tokens/${holdToken}`, { expiresInMinutes })
      await hold(api, 'gala')
      const answers = await Promise.all([
        move(rival, 5 + dice(40)),
        hold(api, 'gala'),
        hold(rival, 'ball'),
        move(api, 5 + dice(40)),
        hold(api, 'ball'),
      ])
      for (const { status } of answers) expect([200, 204, 429]).toContain(status)
      await expectOneEnd(scene, holdToken)
    }
  })
})

test('two batches that take the same seats in opposite orders: one of them wins, whole', async () => {
  const { api, rival, infos } = await openRace()
  const all = labelsOf('A', 1, SEATS)
  const batch = (send: SeatsioApi, labels: readonly string[], orderId: string) =>
    send('POST /events/actions/change-object-status', {
      statusChanges: labels.flatMap((label) =>
        ['gala', 'ball'].map((event) => ({ event, status: 'booked', objects: [label], orderId })),
      ),
    })
  for (let round = 0; round < 10; round += 1) {
    const answers = await Promise.all([
      batch(api, all, 'ada'),
      batch(rival, all.toReversed(), 'ben'),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400])
    const winner = answers[0].status === 204 ? 'ada' : 'ben'
    for (const event of ['gala', 'ball']) {
      const orders = Object.values(await infos(all, event)).map(({ orderId }) => orderId)
      expect(orders).toEqual(all.map(() => winner))
    }
    await api('POST /events/groups/actions/release', { events: ['gala', 'ball'], objects: all })
  }
})
