import { gzipSync } from 'node:zlib'
import { hostileBodies } from '../../support/hostile-bodies.ts'
import type { Attempt } from './attempt.ts'
import type { Chance } from './chance.ts'
import { BODY_BYTES_MAX } from '../../../lib/limits/limits.ts'

/** Makes an attempt odd in the way that it is sent. */
type Twist = (attempt: Attempt, chance: Chance) => Partial<Attempt>

/** The same attempt, sent oddly. Odd ones stay in what `node:http` can send; the rest is for raw bytes. */
export function twist(attempt: Attempt, chance: Chance): Attempt {
  const own = attempt.surface === 'seatsio' ? [credentials] : []
  const groups =
    attempt.body === undefined
      ? [paths, queries, headers, ...own]
      : [bodies, bodies, types, paths, queries, headers, ...own]
  const chosen = chance.pick(chance.pick(groups))
  return { ...attempt, ...chosen(attempt, chance) }
}

const bodies: readonly Twist[] = [
  ({ body }, chance) => ({ body: cut(body, chance) }),
  ({ body }) => ({ body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(body)]) }),
  ({ body }) => ({ body: Buffer.concat([bytes(body), bytes(body)]) }),
  ({ body }, chance) => ({ body: splice(body, chance, Buffer.from([0xff])) }),
  ({ body }, chance) => ({ body: splice(body, chance, Buffer.from([0xed, 0xa0, 0x80])) }),
  ({ body }, chance) => ({ body: splice(body, chance, Buffer.from([0])) }),
  ({ body }) => ({ body: Buffer.from(`${String(body)},`) }),
  ({ body }) => ({ body: Buffer.from(String(body).replaceAll('"', "'")) }),
  ({ body }) => ({ body: Buffer.from(String(body).replace(/}$/, ',}')) }),
  ({ body }) => ({ body: Buffer.from(String(body).replace('{', '{"holdToken":1,"name":[],')) }),
  ({ body }) => ({ body: Buffer.from(`\n\t ${String(body)} \r\n`) }),
  ({ body }) => ({ body: Buffer.from(String(body), 'utf16le') }),
  ({ body }, chance) => ({ body: Buffer.concat([bytes(body), blanks(chance)]) }),
  () => ({ body: Buffer.from('') }),
  () => ({ body: undefined, headers: [] }),
  (_, chance) => ({ body: Buffer.from(chance.pick(wholes)) }),
]

const wholes = [
  ...Object.values(hostileBodies(BODY_BYTES_MAX - 1_000)),
  ' ',
  'null',
  'true',
  '0',
  '""',
  '[]',
  '{}',
  '[{}]',
  'NaN',
  '{a:1}',
  '{"a":',
  '}',
  '//',
  '\0',
]

const mediaTypes = [
  'text/plain',
  'text/html; charset=utf-8',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json;charset=UTF-8',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/json; charset="utf-8"',
  'application/x-www-form-urlencoded',
  'application/json, text/plain',
  'json',
  '/',
  ';',
  '"',
  'x'.repeat(2000),
]

const types: readonly Twist[] = [
  () => ({ headers: [] }),
  (_, chance) => ({ headers: ['Content-Type', chance.pick(mediaTypes)] }),
  ({ headers: sent }, chance) => ({ headers: [...sent, 'Content-Type', chance.pick(mediaTypes)] }),
  ({ body }) => ({ body: gzipSync(bytes(body)), headers: ['Content-Encoding', 'gzip'] }),
  ({ headers: sent }, chance) => ({
    headers: [...sent, 'Content-Encoding', chance.pick(['identity', 'br', '', 'gzip, gzip'])],
  }),
]

const queries: readonly Twist[] = [
  ...[
    'page=1&page=2',
    'page=0&limit=0',
    'limit=100&limit=100',
    'page=',
    'page',
    'page=%zz',
    'page=%',
    'page=1.0&limit=1e1',
    'page=+1',
    'page=%20%31',
    'page=0001',
    'page=999999999999999999999999',
    'page[]=1',
    'limit=101',
    'limit=-1',
    'version=draft&version=published',
    'version=Draft',
    'version=__proto__',
    'ifUnbooked=1',
    'ifUnbooked=TRUE',
    'ifUnbooked=true&ifUnbooked=true',
    'limit=2&start_after_id=1&end_before_id=2',
    'limit=1001&start_after_id=-1',
    'end_before_id=99999999999999999999999999999999999999999',
    'filter&sort=&filterType',
    'filter=%00&sort=DATE:Asc&filterType=EXACT',
    'sort=date:up',
    'expand=objects&expand=&expand=nothing',
    'label=&label=__proto__&label=A-1',
    '__proto__=1',
    '__proto__[page]=2&constructor=x',
    '&&&=&==&',
    '?',
    '%00=%00',
    '%ED%A0%BD=%ff',
    `x=${'y'.repeat(5000)}`,
    Array.from({ length: 500 }, (_, index) => `f${index}=${index}`).join('&'),
  ].map((query): Twist => ({ target }) => ({
    target: `${target.split('?', 1)[0] ?? ''}?${query}`,
  })),
]

const paths: readonly Twist[] = [
  ({ target }) => ({ target: `${target}/` }),
  ({ target }) => ({ target: `/${target}` }),
  ({ target }) => ({ target: target.replace('/v1/', '/v1//') }),
  ({ target }) => ({ target: target.replace('/v1/', '/v1/./') }),
  ({ target }) => ({ target: target.replace('/v1/', '/v1/../v1/') }),
  ({ target }) => ({ target: target.replace('/api/', '/API/') }),
  ({ target }) => ({ target: target.replace('/v1/', '/v2/') }),
  ({ target }) => ({ target: target.replace('/v1/', '%2Fv1%2F') }),
  ({ target }) => ({ target: target.replaceAll('/', '//') }),
  ({ target }) => ({ target: target.replace('/actions/', '//actions/') }),
  ({ target }, chance) => ({ target: withSegment(target, chance.pick(segments)) }),
  ({ target }, chance) => ({ target: withSegment(target, chance.pick(segments)) }),
  ({ target }, chance) => ({ target: withSegment(target, chance.pick(segments)) }),
  ({ target }) => ({ target: `${target}/more/and/more` }),
  ({ target }) => ({ target: `${target};a=1` }),
  ({ target }) => ({ target: `${target}#fragment` }),
  () => ({ target: '/' }),
  () => ({ target: '/openapi.json' }),
  () => ({ target: `/${'a/'.repeat(3000)}` }),
  (_, chance) => ({ method: chance.pick(methods) }),
  (_, chance) => ({ method: chance.pick(methods) }),
  () => ({ method: 'OPTIONS' }),
  () => ({ method: 'HEAD' }),
]

const methods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'TRACE',
  'PROPFIND',
  'PURGE',
]

const segments = [
  '%',
  '%zz',
  '%2',
  '%2F',
  '%2e%2e',
  '..',
  '.',
  '%00',
  '%ff',
  '%ED%A0%80',
  '%C0%AF',
  '%F0%9F%8E%AD',
  '__proto__',
  'constructor',
  '{eventKey}',
  '*',
  '~',
  '+',
  'a'.repeat(255),
  'a'.repeat(256),
  '%61'.repeat(255),
  '%F0%9F%8E%AD'.repeat(128),
  'a'.repeat(9000),
]

const headers: readonly Twist[] = [
  ...[
    ['Accept', 'text/html'],
    ['Accept', 'application/xml;q=1, */*;q=0'],
    ['Accept-Encoding', 'gzip'],
    ['Accept-Encoding', 'br;q=1, gzip;q=0, *;q=0.5'],
    ['Authorization', 'Basic eDp5'],
    ['Authorization', 'Bearer '],
    ['X-Api-Key', 'sk_test_another_one'],
    ['X-API-KEY', ''],
    ['X-Api-Key', ' '],
    ['X-Api-Key', 'k'.repeat(300)],
    ['X-Api-Key', 'sk_test_\u00e9'],
    ['X-Http-Method-Override', 'DELETE'],
    ['X-Forwarded-For', '::1, "unknown"'],
    ['Idempotency-Key', 'x'.repeat(300)],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['Host', ''],
    ['Host', 'evil.example:99999'],
    ['Origin', 'null'],
    ['Cookie', 'a=b; '.repeat(500)],
    ['Range', 'bytes=0-1'],
    ['If-None-Match', '*'],
    ['Connection', 'keep-alive, X-Api-Key'],
    ['X-Long', 'x'.repeat(10_000)],
  ].map((more): Twist => ({ headers: sent }) => ({ headers: [...sent, ...more] })),
]

/** Basic credentials that are none, or somebody else's. */
const credentials: readonly Twist[] = [
  ...[
    'Basic',
    'Basic ',
    'Basic :',
    'Basic =====',
    'Basic %%%',
    'Basic \u00e9\u00e9',
    'Bearer c2tfdGVzdF94Og==',
    'Digest username="x"',
    `Basic ${Buffer.from('sk_test_nobody_ever_made_this_key:').toString('base64')}`,
    `Basic ${Buffer.from(':sk_test_x').toString('base64')}`,
    `Basic ${Buffer.from([0xff, 0xfe, 0x00, 0x3a]).toString('base64')}`,
    `Basic ${'QUFB'.repeat(1500)}`,
  ].map((value): Twist => ({ headers: sent }) => ({
    role: 'none',
    headers: [...sent, 'Authorization', value],
  })),
  ...['nobody', '', ' ', '__proto__', 'x'.repeat(5_000)].map(
    (name): Twist =>
      ({ headers: sent }) => ({
        headers: [...sent, 'X-Workspace-Key', name],
      }),
  ),
  // Beside the right key: the first one counts, or none.
  ({ headers: sent }) => ({ headers: [...sent, 'Authorization', 'Basic eDp5'] }),
]

/** Just beyond one of the two bounds of bodies, seldom the larger one. */
function blanks(chance: Chance): Buffer {
  return Buffer.alloc(chance.percent(20) ? 4_259_841 : 1_048_577, ' ')
}

function cut(body: Buffer | undefined, chance: Chance): Buffer {
  const whole = bytes(body)
  return whole.subarray(0, chance.below(whole.length + 1))
}

function splice(body: Buffer | undefined, chance: Chance, what: Buffer): Buffer {
  const whole = bytes(body)
  const place = chance.below(whole.length + 1)
  return Buffer.concat([whole.subarray(0, place), what, whole.subarray(place)])
}

function bytes(body: Buffer | undefined): Buffer {
  return body ?? Buffer.of()
}

/** Puts a segment in the place of the key in the path, or behind the path. */
function withSegment(target: string, segment: string): string {
  const replaced = target.replace(
    /\/(charts|events)\/[^/?]+/,
    (_, room: string) => `/${room}/${segment}`,
  )
  return replaced === target ? `${target}/${segment}` : replaced
}
