import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../lib/http/auth.ts'
import { changeSettings } from '../../lib/actions/companies/change-settings.ts'
import { keys } from '../../lib/store/table/table.ts'
import { apiOver } from '../support/api.ts'
import { testKeys, testWorkspaceKeys } from '../support/holdfast.ts'
import { openScene, TOKEN } from '../support/scene.ts'
import { seatsioOver } from '../support/seatsio.ts'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'

// The public key of a workspace, which storefronts of seats.io know as `workspaceKey`, opens on SeatBuilder's surface what publishable
// keys open.

const PUBLIC = testWorkspaceKeys.one
const unknown = '99999999-aaaa-4aaa-8aaa-aaaaaaaaaaaa'

/** A scene whose calls are made with the public key unless told otherwise. */
async function open() {
  const scene = await openScene()
  const { api, eventKey, port, clock, runtime } = scene
  const asPublic = (request: `${string} /${string}`, body?: object, key: string = PUBLIC) =>
    api(request, body, { key })
  const poll = async (key: string = PUBLIC) => {
    const { status, body } = await asPublic(
      `GET /api/v1/events/${eventKey}/snapshot`,
      undefined,
      key,
    )
    return status === 200 ? 200 : [status, body['message']]
  }
  const switchOff = async (off: boolean) => {
    const update = new UpdateCommand({
      TableName: port.tableName,
      Key: keys.workspace('one'),
      UpdateExpression: off ? 'SET #off = :off' : 'REMOVE #off',
      ExpressionAttributeNames: { '#off': 'off' },
      ...(off ? { ExpressionAttributeValues: { ':off': true } } : {}),
    })
    await port.writer.send(update)
  }
  const settle = async (settings: object) => {
    await changeSettings(runtime, 'one', settings)
    clock.advance(KEY_CACHE_MS)
  }
  return { ...scene, asPublic, poll, switchOff, settle }
}

test('it reads, holds, books and releases as a publishable key does, and does nothing else', async () => {
  const { asPublic, seats, eventKey } = await open()
  const event = `/api/v1/events/${eventKey}` as const
  for (const path of [event, `${event}/layout`, `${event}/snapshot`, `${event}/status`] as const) {
    expect([path, (await asPublic(`GET ${path}`)).status]).toEqual([path, 200])
  }
  const named = { objectLabels: ['A-1'], holdToken: TOKEN }
  const done = async (verb: string, body: object) =>
    (await asPublic(`POST ${seats}/${verb}`, body)).status
  expect(await done('hold', named)).toBe(200)
  expect(await done('best-available', { number: 1, holdToken: TOKEN })).toBe(200)
  expect(await done('book', named)).toBe(200)
  expect(await done('release', { objectLabels: ['A-1'] })).toBe(403)
  expect(await done('extend', named)).toBe(403)
  expect((await asPublic('GET /api/v1/charts')).status).toBe(403)
  expect((await asPublic('POST /api/v1/events', { chartKey: 'x' })).status).toBe(403)
  const { body } = await asPublic(`GET ${event}/status`)
  expect(JSON.stringify(body)).not.toContain(TOKEN)
})

test('it opens its own workspace alone, and one that nobody has is no key', async () => {
  const { poll } = await open()
  expect(await poll()).toBe(200)
  expect(await poll(testWorkspaceKeys.two)).toEqual([404, expect.any(String)])
  for (const key of [unknown, PUBLIC.toUpperCase(), `${PUBLIC}0`, 'one']) {
    expect(await poll(key)).toEqual([401, 'Invalid API key'])
  }
})

test('what the workspace says of publishable keys binds it too', async () => {
  const { asPublic, seats, settle } = await open()
  const hold = async (label: string, more: object = {}) => {
    const body = { objectLabel: label, holdToken: TOKEN, ...more }
    return (await asPublic(`POST ${seats}/hold`, body)).status
  }
  expect(await hold('A-1', { channelKeys: ['fans'] })).toBe(403)
  await settle({ liveHoldsMax: 1, publishableMayBook: false, publishableMayOpenChannels: true })
  expect([await hold('A-2'), await hold('A-3')]).toEqual([200, 429])
  const booked = await asPublic(`POST ${seats}/book`, { objectLabels: ['A-2'], holdToken: TOKEN })
  expect(booked.status).toBe(403)
  await settle({ liveHoldsMax: null })
  expect(await hold('A-4', { channelKeys: ['fans', 'NO_CHANNEL'] })).toBe(200)
})

test('a workspace that is switched off is refused within a minute', async () => {
  const { poll, switchOff, clock } = await open()
  expect(await poll()).toBe(200)
  await switchOff(true)
  clock.advance(KEY_CACHE_MS - 1)
  expect(await poll()).toBe(200)
  clock.advance(1)
  expect(await poll()).toEqual([403, 'The workspace of this key is not active'])
  await switchOff(false)
  expect(await poll()).toBe(200)
})

test('on the other surface it opens nothing, also in a process where it has just opened something here', async () => {
  const { poll, runtime } = await open()
  expect(await poll()).toBe(200)
  const answer = await seatsioOver(runtime)('GET /charts', undefined, { key: PUBLIC })
  expect(answer.status).toBe(401)
})

test('it costs a process three reads a minute, a key that begins otherwise two', async () => {
  const { calls, eventKey, freshRuntime } = await open()
  const unitsOf = async (key: string) => {
    const api = apiOver(freshRuntime())
    const ask = async () => {
      calls.clear()
      await api(`GET /api/v1/events/${eventKey}`, undefined, { key })
      return calls.all.reduce((sum, { units }) => sum + units, 0)
    }
    return [await ask(), await ask()]
  }
  const [first = 0, again = 0] = await unitsOf(testKeys.publishable)
  expect(first - again).toBe(2)
  expect(await unitsOf(PUBLIC)).toEqual([again + 3, again])
  expect(await unitsOf('pk_test_nobody')).toEqual([1, 1])
  expect(await unitsOf(unknown)).toEqual([2, 2])
})
