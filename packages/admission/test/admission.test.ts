import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  faultOf,
  ID_LENGTH_MAX,
  LIFE_MS_MAX,
  makeAdmission,
  QUOTA_MAX,
  readAdmission,
  SKEW_MS,
  TOKEN_LENGTH_MAX,
  type Admission,
} from '../src/admission.ts'

const KEY = 'hfak_of-the-workspace'
const NOW = Date.UTC(2027, 2, 4, 18, 20)
const turn: Admission = { events: ['gala', 'bal-masqué'], id: 'turn-7', expiresAt: NOW + 60_000 }

/** A token over any payload, signed as the form says, by other means than ours. */
function sign(said: unknown, key = KEY, version = 'hfa1'): string {
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  const signed = `${version}.${Buffer.from(text).toString('base64url')}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

const plain = { e: ['gala'], i: 'turn-7', x: NOW }

test('what is made is read again word for word, with and without what may be left out', async () => {
  for (const more of [{}, { quota: 4 }, { notBefore: NOW }, { quota: 4, notBefore: NOW }]) {
    const admission = { ...turn, ...more }
    const token = await makeAdmission(KEY, admission)
    expect(token).toMatch(/^hfa1\.[\w-]+\.[\w-]{43}$/)
    expect(await readAdmission(token, ['another', KEY])).toEqual(admission)
  }
})

test('the form is plain HMAC-SHA-256 over JSON: others can make and check it', async () => {
  expect(await readAdmission(sign({ ...plain, q: 2, later: 1 }), [KEY])).toEqual({
    events: ['gala'],
    id: 'turn-7',
    expiresAt: NOW,
    quota: 2,
  })
  const made = await makeAdmission(KEY, { events: ['gala'], id: 'turn-7', expiresAt: NOW })
  expect(made).toBe(sign(plain))
})

test('no character of a token can be changed, and no other key signs it', async () => {
  const token = await makeAdmission(KEY, { ...turn, quota: 4 })
  expect(await readAdmission(token, [])).toBeUndefined()
  expect(await readAdmission(token, [`${KEY} `])).toBeUndefined()
  for (let at = 0; at < token.length - 1; at += 1) {
    const other = token[at] === 'A' ? 'B' : 'A'
    const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`
    expect([at, await readAdmission(changed, [KEY])]).toEqual([at, undefined])
  }
  for (const changed of [`${token}.`, token.slice(0, -4), `${token}AAAA`, ` ${token}`, '', '..']) {
    expect([changed, await readAdmission(changed, [KEY])]).toEqual([changed, undefined])
  }
})

test('what is signed but says nothing that can be meant is not read', async () => {
  const wrong = [
    ...['', 'null', '[]', '7', '{', '{}'],
    { ...plain, e: [] },
    { ...plain, e: 'gala' },
    { ...plain, e: [''] },
    { ...plain, e: [7] },
    { ...plain, i: '' },
    { ...plain, i: 'a b' },
    { ...plain, i: 'a#b' },
    { ...plain, i: 'x'.repeat(ID_LENGTH_MAX + 1) },
    { ...plain, x: 1.5 },
    { ...plain, x: '1' },
    { ...plain, x: -1 },
    { ...plain, n: null },
    { ...plain, q: 0 },
    { ...plain, q: 1.5 },
    { ...plain, q: QUOTA_MAX + 1 },
  ]
  for (const said of wrong) {
    expect([said, await readAdmission(sign(said), [KEY])]).toEqual([said, undefined])
  }
  expect(await readAdmission(sign(plain, KEY, 'hfa2'), [KEY])).toBeUndefined()
  const most = { ...plain, i: 'x'.repeat(ID_LENGTH_MAX), q: QUOTA_MAX, n: 0 }
  expect(await readAdmission(sign(most), [KEY])).toMatchObject({ quota: QUOTA_MAX })
})

test('what nobody would take is not made', async () => {
  const wrong: Partial<Admission>[] = [
    { events: [] },
    { id: 'a b' },
    { expiresAt: Number.NaN },
    { notBefore: 0.5 },
    { quota: 0 },
    { events: Array.from({ length: 30 }, (_, at) => `${at}-${'x'.repeat(60)}`) },
  ]
  for (const part of wrong) {
    await expect(makeAdmission(KEY, { ...turn, ...part })).rejects.toThrow(RangeError)
  }
  const long = sign({ ...plain, e: ['x'.repeat(TOKEN_LENGTH_MAX)] })
  expect(await readAdmission(long, [KEY])).toBeUndefined()
})

test('a token is good for its events, from its begin to its end, with five seconds for clocks that differ', () => {
  const at = (now: number, eventKey = 'gala') =>
    faultOf({ ...turn, notBefore: NOW }, { eventKey, now })
  expect(at(NOW, 'ball')).toBe('other-event')
  expect(at(NOW, 'bal-masqué')).toBeUndefined()
  expect(at(NOW - SKEW_MS - 1)).toBe('too-early')
  expect(at(NOW - SKEW_MS)).toBeUndefined()
  expect(at(turn.expiresAt + SKEW_MS - 1)).toBeUndefined()
  expect(at(turn.expiresAt + SKEW_MS)).toBe('expired')
  const begin = turn.expiresAt - LIFE_MS_MAX - SKEW_MS
  expect(faultOf(turn, { eventKey: 'gala', now: begin })).toBeUndefined()
  expect(faultOf(turn, { eventKey: 'gala', now: begin - 1 })).toBe('lives-too-long')
})
