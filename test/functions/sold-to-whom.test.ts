import { describe, expect, test } from 'vitest'
import { quaysideDrawing } from '../support/drawings.ts'
import { apiOver } from '../support/api.ts'
import { diceOf } from '../support/dice.ts'
import { testKeys } from '../support/holdfast.ts'
import { openSeatsioScene, type SeatsioScene } from '../support/seatsio-scene.ts'
import { seatsioOver } from '../support/seatsio.ts'

// What an event sells, and to whom, holds on both surfaces alike.

const SEATS = '/api/v1/events/gala/seats'
const holdToken = 'a-basket-0123456789'

/** Channel `k` has is off sale, A-3 is both, A-4 neither. */
async function open() {
  const scene = await openSeatsioScene()
  const channel = { key: 'k', name: 'K', objects: ['A-1', 'A-3'] }
  await scene.api('POST /events/gala/channels', channel)
  await scene.api('POST /events/gala/actions/mark-as-not-for-sale', { objects: ['A-2', 'A-3'] })
  const hold = async (objectLabel: string, more: object = {}, key: string = testKeys.secret) => {
    const body = { objectLabel, holdToken, ...more }
    const { status, body: said, code } = await scene.native(`POST ${SEATS}/hold`, body, { key })
    const [failed] = (said['failed'] ?? []) as { reason: string }[]
    return status === 200 ? 'held' : `${status} ${failed?.reason ?? String(code)}`
  }
  return { ...scene, hold }
}

describe('a hold on SeatBuilder\u2019s surface', () => {
  test.each([testKeys.secret, testKeys.publishable])('with %s', async (key) => {
    const { hold } = await open()
    for (const label of ['A-1', 'A-2', 'A-3']) {
      expect(await hold(label, {}, key)).toBe('409 not_for_sale')
    }
    expect(await hold('A-4', {}, key)).toBe('held')
  })

  test('opens channels with a secret key that says so, and with no other', async () => {
    const { hold } = await open()
    for (const words of [{ channelKeys: ['k'] }, { ignoreChannels: true }]) {
      expect(await hold('A-1', words, testKeys.publishable)).toBe('403 channels_not_allowed')
    }
    const nothing = { channelKeys: [], ignoreChannels: false }
    expect(await hold('A-4', nothing, testKeys.publishable)).toBe('held')
    expect(await hold('A-4', { channelKeys: ['k'] })).toBe('held')
    expect(await hold('A-5', { channelKeys: ['k'] })).toBe('409 not_for_sale')
    expect(await hold('A-5', { channelKeys: ['k', 'NO_CHANNEL'] })).toBe('held')
    expect(await hold('A-1', { channelKeys: ['other'] })).toBe('409 not_for_sale')
    expect(await hold('A-1', { channelKeys: ['k'] })).toBe('held')
    expect(await hold('A-3', { ignoreChannels: true })).toBe('409 not_for_sale')
    const both = { channelKeys: ['k'], ignoreChannels: true }
    expect(await hold('A-1', both)).toBe('400 input_invalid')
  })

  test('is the only call there that takes them', async () => {
    const { native } = await open()
    for (const verb of ['book', 'release', 'extend']) {
      const body = { objectLabels: ['A-1'], holdToken, channelKeys: ['k'] }
      const { status, body: said } = await native(`POST ${SEATS}/${verb}`, body)
      expect([status, said['errors']]).toEqual([400, { channelKeys: ['not a field of this call'] }])
    }
  })

  test('goes on, and is booked and released, whatever became of its object since', async () => {
    const { api, native, hold } = await open()
    const labels = ['A-5', 'A-6', 'A-7']
    for (const label of labels) await hold(label)
    await api('POST /events/gala/channels/k/objects', { objects: ['A-5', 'A-6'] })
    await api('POST /events/gala/actions/mark-everything-as-not-for-sale')
    const done = async (verb: string, objectLabels: string[]) => {
      const { status } = await native(`POST ${SEATS}/${verb}`, { objectLabels, holdToken })
      expect([verb, status]).toEqual([verb, 200])
    }
    expect(await hold('A-5')).toBe('held')
    await done('extend', labels)
    await done('book', ['A-5', 'A-7'])
    await done('release', ['A-6'])
    const back = await native(`POST ${SEATS}/release`, { objectLabels: ['A-5'] })
    expect(back.status).toBe(200)
    for (const label of ['A-5', 'A-6']) expect(await hold(label)).toBe('409 not_for_sale')
  })
})

const labels = ['A-1', 'A-2', 'A-3', 'B1', 'T1', 'T1-1', 'T2', 'T2-1', 'T2-2', 'Pier']

/** Something that changes what is sold, to whom, or what is taken. */
const turns: readonly ((
  scene: SeatsioScene,
  some: readonly string[],
  n: number,
) => Promise<unknown>)[] = [
  ({ api }, objects, n) =>
    api('POST /events/gala/channels', { key: `c${n}`, name: `C${n}`, objects }),
  ({ api }, objects, n) => api(`POST /events/gala/channels/c${n % 3}/objects`, { objects }),
  ({ api }, objects, n) => api(`DELETE /events/gala/channels/c${n % 3}/objects`, { objects }),
  ({ api }, _, n) => api(`DELETE /events/gala/channels/c${n % 3}`),
  ({ api }, objects) => api('POST /events/gala/actions/mark-as-not-for-sale', { objects }),
  ({ api }, objects) =>
    api('POST /events/gala/actions/mark-as-for-sale', { objects, categories: ['1'] }),
  ({ api }) => api('POST /events/gala/actions/mark-everything-as-for-sale'),
  ({ api }, objects, n) =>
    api('POST /events/gala', {
      tableBookingConfig: { mode: n % 2 === 0 ? 'ALL_BY_SEAT' : 'INHERIT' },
      objectCategories: Object.fromEntries(objects.map((label) => [label, 'lounge'])),
    }),
  ({ change }, objects) =>
    change({ objects: objects.slice(0, 1), status: 'booked', ignoreChannels: true }),
  ({ change }, objects) =>
    change({ objects: objects.slice(0, 1), type: 'RELEASE', ignoreChannels: true }),
  ({ change }, objects) =>
    change({ objects: objects.slice(0, 1), status: 'resale', ignoreChannels: true }),
]

test('after any history, what one surface calls available the other one holds, and nothing else', async () => {
  const scene = await openSeatsioScene(quaysideDrawing())
  const roll = diceOf(20_270_304)
  for (let round = 1; round <= 25; round += 1) {
    const some = labels.filter(() => roll(3) === 0)
    await turns[roll(turns.length)]?.(scene, some, round)
    scene.clock.advance(3_600_000)
    if (round % 5 > 0) continue
    const infos = await scene.infos(labels)
    const { body } = await scene.native('GET /api/v1/events/gala/status')
    const taken = body['objects'] as { objectLabel: string }[]
    for (const label of labels) {
      const { isAvailable, channel, status } = infos[label] ?? {}
      const isSold = isAvailable === true && (channel === undefined || status === 'resale')
      const isTaken = status !== undefined && status !== 'free' && status !== 'resale'
      const token = `round-${round}-of-${label}`
      const held = await scene.native(`POST ${SEATS}/hold`, {
        objectLabel: label,
        holdToken: token,
      })
      expect([round, label, held.status === 200]).toEqual([round, label, isSold])
      const isShown = taken.some(({ objectLabel }) => objectLabel === label)
      if (status !== undefined) expect([round, label, isShown]).toEqual([round, label, isTaken])
      const release = { objectLabels: [label], holdToken: token }
      if (held.status === 200) await scene.native(`POST ${SEATS}/release`, release)
    }
  }
})

test('a process that remembers other terms notices at once, whoever changed them and however often', async () => {
  const scene = await openSeatsioScene()
  const others = [scene.freshRuntime(), scene.freshRuntime()].map((runtime) => ({
    api: seatsioOver(runtime),
    native: apiOver(runtime),
  }))
  const dice = diceOf(7)
  const bookedBy = async ({ api, native }: (typeof others)[number], label: string) => {
    const objects = [label]
    const verdicts: unknown[] = []
    const book = await api('POST /events/gala/actions/book', { objects })
    verdicts.push(book.status === 204)
    if (book.status === 204) await api('POST /events/gala/actions/release', { objects })
    const statusChanges = [{ event: 'gala', objects, status: 'guest' }]
    const entry = await api('POST /events/actions/change-object-status', { statusChanges })
    verdicts.push(entry.status === 204)
    if (entry.status === 204) await api('POST /events/gala/actions/release', { objects })
    const hold = await native(`POST ${SEATS}/hold`, { objectLabel: label, holdToken })
    verdicts.push(hold.status === 200)
    const release = { objectLabels: [label], holdToken }
    if (hold.status === 200) await native(`POST ${SEATS}/release`, release)
    return verdicts
  }
  for (let round = 1; round <= 8; round += 1) {
    const label = `A-${1 + dice(3)}`
    const { api } = others[dice(2)] ?? scene
    const isOff = dice(2) === 0
    if (dice(2) === 0) {
      const channels = isOff ? [{ key: 'k', name: 'K', objects: [label] }] : []
      await api('POST /events/gala/channels/replace', { channels })
      await api('POST /events/gala/actions/mark-everything-as-for-sale')
    } else {
      await api('POST /events/gala/channels/replace', { channels: [] })
      await api(`POST /events/gala/actions/edit-for-sale-config`, {
        [isOff ? 'notForSale' : 'forSale']: [{ object: label }],
      })
    }
    scene.clock.advance(12 * 3_600_000)
    for (const other of others) {
      expect([round, await bookedBy(other, label)]).toEqual([round, [!isOff, !isOff, !isOff]])
    }
  }
})
