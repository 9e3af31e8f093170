import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { instant } from '../../../lib/clock.ts'
import { deriveSecret, type SecretName } from '../../../lib/secrets.ts'
import { signingSecrets, webhookSecret } from '../../../lib/webhooks/secret.ts'
import { headerId, signatureHeaders } from '../../../lib/webhooks/sign.ts'

const derive = (name: SecretName) => deriveSecret('master', name)
const secretOf = (generation: number, endpointId = 'wh_1') =>
  webhookSecret(derive, endpointId, generation)

const NOW = instant(Date.now())
const signed = { id: 'EVENT:S-A-1:2', at: NOW, body: '{"label":"é"}' }

test('the test vector of the contract comes out', () => {
  const headers = signatureHeaders(['whsec_test'], {
    id: 'any',
    at: instant(1_000_000_000_999),
    body: '{}',
  })
  expect(headers['seats-signature']).toBe(
    't=1000000000,v1=7422bcbc1fc97c79668258fb0a774fae6d2631351f6a8862cfb7ea9b0e959201',
  )
})

test("the standard's own package verifies the other signature, under the same secret", () => {
  const secret = secretOf(1)
  const headers = signatureHeaders([secret], signed)
  const verify = (body: string) => new Webhook(secret).verify(body, headers)
  expect(verify(signed.body)).toEqual({ label: 'é' })
  expect(() => verify(`${signed.body} `)).toThrow()
  expect(() => new Webhook(secretOf(2)).verify(signed.body, headers)).toThrow()
})

test('the whole text of the secret is the key of the first signature, the base64 behind whsec_ that of the second', () => {
  const secret = secretOf(1)
  const headers = signatureHeaders([secret], signed)
  const seconds = Math.floor(NOW / 1000)
  const plain = createHmac('sha256', secret).update(`${seconds}.${signed.body}`).digest('hex')
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const text = `EVENT:S-A-1:2.${seconds}.${signed.body}`
  const standard = createHmac('sha256', key).update(text).digest('base64')
  expect(headers).toEqual({
    'seats-signature': `t=${seconds},v1=${plain}`,
    'webhook-id': 'EVENT:S-A-1:2',
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${standard}`,
  })
})

test('while a rotation overlaps both secrets sign, the new one first, and receivers with either verify', () => {
  const [fresh, old] = [secretOf(2), secretOf(1)]
  const headers = signatureHeaders([fresh, old], signed)
  const alone = (secret: string) => signatureHeaders([secret], signed)
  const v1 = (secret: string) => alone(secret)['seats-signature']?.split(',')[1]
  expect(headers['seats-signature']).toBe(`t=${Math.floor(NOW / 1000)},${v1(fresh)},${v1(old)}`)
  const both = [fresh, old].map((secret) => alone(secret)['webhook-signature'])
  expect(headers['webhook-signature']).toBe(both.join(' '))
  for (const secret of [fresh, old]) {
    expect(new Webhook(secret).verify(signed.body, headers)).toEqual({ label: 'é' })
  }
})

test('the secret before signs until the end of the overlap, and not at that moment', () => {
  const endpoint = { endpointId: 'wh_1', secretGeneration: 2, overlapUntil: NOW }
  const at = (milliseconds: number) => signingSecrets(derive, endpoint, instant(NOW + milliseconds))
  expect(at(-1)).toEqual([secretOf(2), secretOf(1)])
  expect(at(0)).toEqual([secretOf(2)])
  expect(at(1)).toEqual([secretOf(2)])
})

test('without an overlap only the newest secret signs; there is none before the first', () => {
  const none = { endpointId: 'wh_1', secretGeneration: 3 }
  expect(signingSecrets(derive, none, NOW)).toEqual([secretOf(3)])
  const first = { endpointId: 'wh_1', secretGeneration: 1, overlapUntil: instant(NOW + 1) }
  expect(signingSecrets(derive, first, NOW)).toEqual([secretOf(1)])
})

test('secrets are whsec_ and 32 hexadecimal characters, their own for each endpoint, generation and installation', () => {
  const elsewhere = webhookSecret((name) => deriveSecret('other', name), 'wh_1', 1)
  const secrets = [secretOf(1), secretOf(2), secretOf(1, 'wh_2'), elsewhere]
  for (const secret of secrets) expect(secret).toMatch(/^whsec_[0-9a-f]{32}$/)
  expect(new Set(secrets).size).toBe(secrets.length)
  expect(secretOf(1)).toBe(secretOf(1))
})

test('other derived secrets are what they were', () => {
  const name = { purpose: 'api-key', id: 'key', generation: 1 } as const
  const text = createHmac('sha256', 'master')
    .update(JSON.stringify(['api-key', 'key', 1]))
    .digest('base64url')
  expect(deriveSecret('master', name)).toBe(text.slice(0, 36))
})

test.each([
  ['EVENT:S-A-1:2', 'EVENT:S-A-1:2'],
  ['EVENT:Row 1.2:3', 'EVENT:Row%201%2E2:3'],
  ['EVENT:100%:3', 'EVENT:100%25:3'],
  ['EVENT:Loge\r\nX: y:3', 'EVENT:Loge%0D%0AX:%20y:3'],
  ['EVENT:Stuhl 座:3', 'EVENT:Stuhl%20%E5%BA%A7:3'],
  ["EVENT:(a)*b!'c:3", 'EVENT:%28a%29%2Ab%21%27c:3'],
  ['EVENT:\ud800:3', 'EVENT:%EF%BF%BD:3'],
])('the notice %j goes into a header as %s', (noticeId, text) => {
  expect(headerId(noticeId)).toBe(text)
  const headers = signatureHeaders([secretOf(1)], { ...signed, id: noticeId })
  expect(headers['webhook-id']).toBe(text)
  expect(new Headers(headers).get('webhook-id')).toBe(text)
  expect(new Webhook(secretOf(1)).verify(signed.body, headers)).toEqual({ label: 'é' })
})
