import { describe, expect, test } from 'vitest'
import { checkUrl, isAllowedAddress } from '../../../lib/webhooks/address.ts'
import { URL_LENGTH_MAX } from '../../../lib/limits/limits.ts'

const PUBLIC = { allowsLoopback: false }
const LOCAL = { allowsLoopback: true }

const PRIVATE = 'Must not point to a private or reserved address'
const THIS_MACHINE = 'Must not point to this machine'
const NO_TLS = 'Must begin with https://'

const welcome = [
  'https://hooks.tickets.example/seats',
  'https://hooks.tickets.example:8443/seats?source=holdfast#top',
  'HTTPS://HOOKS.tickets.example',
  'https://hooks.tickets.example.',
  'https://bücher.example/',
  'https://localhost.tickets.example/',
  'https://127.0.0.1.tickets.example/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
]

test.each(welcome)('%s can be registered', (url) => {
  expect(checkUrl(url, PUBLIC)).toBeUndefined()
  expect(checkUrl(url, LOCAL)).toBeUndefined()
})

test.each([
  '',
  'hooks.tickets.example/seats',
  '//hooks.tickets.example',
  'https://',
  'https://exa mple.com',
  ' https://tickets.example',
  'https://tickets.example\n',
  'https://tick\tets.example',
  'https://tickets.example/\u0000',
  'https://999.999.999.999/',
  'https://tickets.example:99999/',
  'https://[::1',
])('%j is no URL', (url) => {
  expect(checkUrl(url, PUBLIC)).toBe('Must be an absolute URL')
})

test.each(['http://tickets.example', 'ftp://tickets.example', 'file:///etc/passwd', 'data:,x'])(
  '%s is refused everywhere: it has no TLS',
  (url) => {
    expect(checkUrl(url, PUBLIC)).toBe(NO_TLS)
    expect(checkUrl(url, LOCAL)).toBe(NO_TLS)
  },
)

test.each(['https://user@tickets.example', 'https://:secret@tickets.example'])(
  '%s is refused: user and password would reach logs',
  (url) => {
    expect(checkUrl(url, PUBLIC)).toBe('Must not contain a user or a password')
  },
)

test('a URL has at most 2048 characters', () => {
  const start = 'https://tickets.example/'
  const ofLength = (length: number) => start + 'a'.repeat(length - start.length)
  expect(checkUrl(ofLength(URL_LENGTH_MAX - 1), PUBLIC)).toBeUndefined()
  expect(checkUrl(ofLength(URL_LENGTH_MAX), PUBLIC)).toBeUndefined()
  expect(checkUrl(ofLength(URL_LENGTH_MAX + 1), PUBLIC)).toBe('Must be at most 2048 characters')
})

const thisMachine = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'shop.localhost',
  '%6c%6fcalhost',
  'ｌｏｃａｌｈｏｓｔ',
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '１２７.0.0.1',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
]

test.each(thisMachine)('%s is this machine, welcome only where everything runs on one', (host) => {
  expect(checkUrl(`https://${host}/`, PUBLIC)).toBe(THIS_MACHINE)
  expect(checkUrl(`https://${host}:4000/`, LOCAL)).toBeUndefined()
  expect(checkUrl(`http://${host}:4000/`, LOCAL)).toBeUndefined()
  expect(checkUrl(`http://${host}:4000/`, PUBLIC)).toBe(NO_TLS)
})

/** What may never be reached, by a reason each. */
const reserved: Record<string, readonly string[]> = {
  'private networks': ['10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local, and the metadata of cloud machines': [
    '169.254.0.1',
    '169.254.169.254',
    '[fe80::1]',
    '[febf::1]',
  ],
  'the metadata of cloud machines, by IPv6': ['[fd00:ec2::254]'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.254'],
  'unspecified addresses': ['0.0.0.0', '0.1.2.3', '0', '[::]'],
  multicast: ['224.0.0.1', '239.255.255.255', '[ff02::1]'],
  'reserved and documentation ranges': [
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '240.0.0.1',
    '255.255.255.255',
    '[2001:db8::1]',
    '[3fff::1]',
    '[100::1]',
    '[4000::1]',
    '[5f00::1]',
  ],
  'unique-local and former site-local': ['[fc00::1]', '[fdff::1]', '[fec0::1]'],
  'IPv4 within IPv6': [
    '[::ffff:127.0.0.1]',
    '[::ffff:8.8.8.8]',
    '[::ffff:a9fe:a9fe]',
    '[::127.0.0.1]',
    '[::8.8.8.8]',
    '[::ffff:0:127.0.0.1]',
    '[2002:7f00:1::]',
    '[2002:808:808::]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::808:808]',
    '[64:ff9b:1::a00:1]',
    '[2001:0:7f00:1::]',
  ],
}

describe.each(Object.entries(reserved))('%s are never reached', (_, hosts) => {
  test.each(hosts)('%s', (host) => {
    const address = new URL(`https://${host}`).hostname.replace(/[[\]]/g, '')
    for (const policy of [PUBLIC, LOCAL]) {
      expect(checkUrl(`https://${host}/`, policy)).toBe(PRIVATE)
      expect(isAllowedAddress(address, policy)).toBe(false)
    }
  })
})

test.each(['9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '100.63.255.255'])(
  '%s, right beside a private range, is reached',
  (address) => {
    expect(checkUrl(`https://${address}/`, PUBLIC)).toBeUndefined()
    expect(isAllowedAddress(address, PUBLIC)).toBe(true)
  },
)

test.each(['127.0.0.1', '127.255.255.255', '::1'])(
  'deliveries reach %s only where everything runs on one machine',
  (address) => {
    expect(isAllowedAddress(address, PUBLIC)).toBe(false)
    expect(isAllowedAddress(address, LOCAL)).toBe(true)
  },
)

test.each(['', 'tickets.example', '8.8.8.8/32', 'fe80::1%eth0', '2606:4700::1111%1'])(
  'deliveries do not reach %j, which is no plain address',
  (text) => {
    expect(isAllowedAddress(text, LOCAL)).toBe(false)
  },
)
