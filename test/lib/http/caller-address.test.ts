import type { APIGatewayProxyEvent } from 'aws-lambda'
import { expect, test } from 'vitest'
import { KEY_CACHE_MS } from '../../../lib/http/auth.ts'
import { addressOf, ORIGIN_HEADER } from '../../../lib/http/caller-address.ts'
import { changeSettings } from '../../../lib/actions/companies/change-settings.ts'
import {
  addressSourceFrom,
  FROM_RIGHT_MAX,
  networkOf,
  type AddressSource,
} from '../../../lib/network.ts'
import { apiOver } from '../../support/api.ts'
import { testKeys } from '../../support/holdfast.ts'
import { openScene } from '../../support/scene.ts'

const GATEWAY = '198.51.100.7'
const SECRET = 'text-that-only-the-distribution-sends'
const behindWeb = { header: 'X-Forwarded-For', fromRight: 2, originSecret: SECRET }

type Sent = Readonly<Record<string, string | string[]>>

function addressIn(sent: Sent, source: AddressSource | undefined, sourceIp = GATEWAY): string {
  const of = (pick: (value: string | string[]) => unknown) =>
    Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, pick(value)]))
  const event = {
    headers: of((value) => [value].flat().at(-1)),
    multiValueHeaders: of((value) => [value].flat()),
    requestContext: { identity: { sourceIp } },
  }
  return addressOf(event as unknown as APIGatewayProxyEvent, source)
}

test('without a source, the address is the one that the gateway was called from, whatever headers say', () => {
  const sent = { 'X-Forwarded-For': '203.0.113.9, 203.0.113.8', [ORIGIN_HEADER]: SECRET }
  expect(addressIn(sent, undefined)).toBe(GATEWAY)
})

test('behind the distribution it is the one that the distribution wrote, whatever its caller had sent before', () => {
  const from = (list: string) =>
    addressIn({ 'x-forwarded-for': list, [ORIGIN_HEADER]: SECRET }, behindWeb)
  expect(from(`203.0.113.9, ${GATEWAY}`)).toBe('203.0.113.9')
  expect(from(`192.0.2.1, 192.0.2.2,203.0.113.9, ${GATEWAY}`)).toBe('203.0.113.9')
  expect(from(`2001:db8::9, ${GATEWAY}`)).toBe('2001:db8::9')
})

test.each<[string, Sent]>([
  ['no secret', {}],
  ['another secret', { [ORIGIN_HEADER]: `${SECRET}.` }],
  ['an empty secret', { [ORIGIN_HEADER]: '' }],
  ['the secret beside a guess', { [ORIGIN_HEADER]: ['guess', SECRET] }],
])('whoever calls the API itself cannot say where from: %s', (_, sent) => {
  const forged = { ...sent, 'X-Forwarded-For': `203.0.113.9, ${GATEWAY}` }
  expect(addressIn(forged, behindWeb)).toBe(GATEWAY)
})

test('a list that is too short, and a value that is no address, leave the one of the gateway', () => {
  const from = (list: string) =>
    addressIn({ 'X-Forwarded-For': list, [ORIGIN_HEADER]: SECRET }, behindWeb)
  for (const list of [GATEWAY, '', 'unknown, x', `999.1.1.1, ${GATEWAY}`, `, ${GATEWAY}`]) {
    expect([list, from(list)]).toEqual([list, GATEWAY])
  }
})

test('a header of one address may have a port, brackets, or IPv4 in the clothes of IPv6', () => {
  const source = { header: 'CloudFront-Viewer-Address', fromRight: 1 }
  const from = (value: string) => addressIn({ 'CloudFront-Viewer-Address': value }, source)
  expect(from('203.0.113.9:4711')).toBe('203.0.113.9')
  expect(from('[2001:db8::9]:4711')).toBe('2001:db8::9')
  expect(from('2001:db8:1:2:3:4:5:6:4711')).toBe('2001:db8:1:2:3:4:5:6')
  expect(from('::ffff:203.0.113.9')).toBe('203.0.113.9')
})

test('an address of IPv6 counts by the first 64 bits, however it is written; one of IPv4 as a whole', () => {
  for (const address of [
    '2001:db8:1:2:3:4:5:6',
    '2001:DB8:1:2::9',
    '2001:0db8:0001:0002::',
    '2001:db8:1:2:ffff::1%eth0',
  ]) {
    expect(networkOf(address)).toBe('2001:db8:1:2::/64')
  }
  expect(networkOf('2001:db8:1:3::9')).not.toBe(networkOf('2001:db8:1:2::9'))
  expect(networkOf('2001:db8::9')).toBe('2001:db8:0:0::/64')
  expect([networkOf('::1'), networkOf('203.0.113.9')]).toEqual(['0:0:0:0::/64', '203.0.113.9'])
})

test('the environment names a source, or none; one that cannot be meant stops the start', () => {
  const read = (header?: string, fromRight?: string, originSecret?: string) =>
    addressSourceFrom({
      HOLDFAST_ADDRESS_HEADER: header,
      HOLDFAST_ADDRESS_FROM_RIGHT: fromRight,
      HOLDFAST_ORIGIN_SECRET: originSecret,
    })
  expect([read(), read('')]).toEqual([undefined, undefined])
  expect(read('X')).toEqual({ header: 'X', fromRight: 1 })
  expect(read('X', `${FROM_RIGHT_MAX}`, 's')).toEqual({
    header: 'X',
    fromRight: FROM_RIGHT_MAX,
    originSecret: 's',
  })
  for (const wrong of ['0', `${FROM_RIGHT_MAX + 1}`, '1.5', 'two']) {
    expect(() => read('X', wrong)).toThrow(/HOLDFAST_ADDRESS_FROM_RIGHT/)
  }
  expect(() => read('X', '1', '')).toThrow(/HOLDFAST_ORIGIN_SECRET/)
})

test('the cap of live holds counts each buyer behind the distribution by themselves, and nobody who forges', async () => {
  const { runtime, seats, clock } = await openScene()
  await changeSettings(runtime, 'one', { liveHoldsMax: 1 })
  clock.advance(KEY_CACHE_MS)
  const api = apiOver({ ...runtime, addressSource: behindWeb })
  const hold = async (label: string, viewer: string, secret = SECRET) => {
    const headers = ['X-Forwarded-For', `${viewer}, ${GATEWAY}`, ORIGIN_HEADER, secret]
    const body = { objectLabel: label, holdToken: `basket-of-${label}` }
    const key = testKeys.publishable
    return (await api(`POST ${seats}/hold`, body, { key, headers })).status
  }
  expect([await hold('A-1', '203.0.113.1'), await hold('A-2', '203.0.113.1')]).toEqual([200, 429])
  expect(await hold('A-2', '203.0.113.2')).toBe(200)
  const first = await hold('A-3', '2001:db8:1:2::1')
  expect([first, await hold('A-4', '2001:db8:1:2::2')]).toEqual([200, 429])
  const forged = await hold('A-4', '203.0.113.4', 'guess')
  expect([forged, await hold('A-5', '203.0.113.5', 'guess')]).toEqual([200, 429])
})
