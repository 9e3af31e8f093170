import type { Chance } from './chance.ts'
import type { Workspace } from './world.ts'

/** Bytes that no HTTP library would send. */
export interface RawRequest {
  readonly name: string
  readonly bytes: Buffer
  /** What may be answered first; 0 for a connection that just ends. */
  readonly statuses: readonly number[]
}

interface Ingredients {
  readonly key: string
  readonly chance: Chance
}

type Recipe = (
  ingredients: Ingredients,
) => Omit<RawRequest, 'name' | 'bytes'> & { text: string | Buffer }

const host = 'Host: localhost\r\nConnection: close\r\n'
const json = '{"name":"Raw chart"}'

const recipes: Readonly<Record<string, Recipe>> = {
  'HTTP/1.0 without a host': () => ({ text: 'GET /health HTTP/1.0\r\n\r\n', statuses: [200] }),
  'HTTP/1.1 without a host': () => ({ text: 'GET /health HTTP/1.1\r\n\r\n', statuses: [400] }),
  'two hosts': () => ({
    text: `GET /health HTTP/1.1\r\nHost: a\r\n${host}\r\n`,
    statuses: [200, 400],
  }),
  'no HTTP at all': ({ chance }) => ({
    text: Buffer.from(Array.from({ length: 200 }, () => chance.below(256))),
    statuses: [400, 0],
  }),
  'a TLS hello': () => ({ text: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', statuses: [400] }),
  'a method in lower case': () => ({
    text: `get /health HTTP/1.1\r\n${host}\r\n`,
    statuses: [400],
  }),
  'an unknown method': () => ({ text: `BREW /health HTTP/1.1\r\n${host}\r\n`, statuses: [400] }),
  'headers beyond any bound': () => ({
    text: `GET /health HTTP/1.1\r\n${host}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    statuses: [431],
  }),
  'a path beyond any bound': () => ({
    text: `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`,
    statuses: [431],
  }),
  'an absolute form': () => ({
    text: `GET http://evil.example/health HTTP/1.1\r\n${host}\r\n`,
    statuses: [200],
  }),
  'an asterisk for a path': () => ({ text: `OPTIONS * HTTP/1.1\r\n${host}\r\n`, statuses: [400] }),
  'no slash before the path': () => ({
    text: `GET health HTTP/1.1\r\n${host}\r\n`,
    statuses: [400],
  }),
  'unescaped bytes in the path': ({ key }) => ({
    text: `GET /api/v1/charts/\xff\xfe\xe9?\xff=\xff HTTP/1.1\r\n${host}X-Api-Key: ${key}\r\n\r\n`,
    statuses: [400, 404],
  }),
  'a space in the path': () => ({ text: `GET /health x HTTP/1.1\r\n${host}\r\n`, statuses: [400] }),
  'NUL in a header': () => ({
    text: `GET /health HTTP/1.1\r\n${host}X-Nul: a\0b\r\n\r\n`,
    statuses: [400],
  }),
  'a header without a colon': () => ({
    text: `GET /health HTTP/1.1\r\n${host}Nonsense\r\n\r\n`,
    statuses: [400],
  }),
  'a folded header': () => ({
    text: `GET /health HTTP/1.1\r\n${host}X-Folded: a\r\n b\r\n\r\n`,
    statuses: [400, 200],
  }),
  'an empty header': () => ({
    text: `GET /health HTTP/1.1\r\n${host}X-Api-Key:\r\nX-Api-Key: \r\n\r\n`,
    statuses: [200],
  }),
  'many headers': ({ chance }) => ({
    text: `GET /health HTTP/1.1\r\n${host}${'a: b\r\n'.repeat(500 + chance.below(1500))}\r\n`,
    statuses: [200],
  }),
  'a body that ends early': ({ key, chance }) => ({
    text: post(key, `Content-Length: ${json.length + 1 + chance.below(100)}`, json),
    statuses: [0, 400, 499],
  }),
  // The rest of the bytes is another request, and none: the server may notice before it answers the first.
  'a body that goes on': ({ key }) => ({
    text: post(key, `Content-Length: ${json.length}`, `${json}more and more`),
    statuses: [201, 400],
  }),
  'two lengths': ({ key }) => ({
    text: post(key, 'Content-Length: 5\r\nContent-Length: 20', json),
    statuses: [400],
  }),
  'a length that is none': ({ key, chance }) => ({
    text: post(
      key,
      `Content-Length: ${chance.pick(['-1', '1e3', '0x10', 'x', '1 1', '9'.repeat(40)])}`,
      json,
    ),
    statuses: [400],
  }),
  'a body in chunks': ({ key }) => ({
    text: post(key, 'Transfer-Encoding: chunked', '14\r\n' + json + '\r\n0\r\n\r\n'),
    statuses: [201],
  }),
  'a chunk of nonsense': ({ key }) => ({
    text: post(key, 'Transfer-Encoding: chunked', `zz\r\n${json}\r\n0\r\n\r\n`),
    statuses: [400, 0],
  }),
  'chunks that stop': ({ key }) => ({
    text: post(key, 'Transfer-Encoding: chunked', `14\r\n${json}\r\n`),
    statuses: [0, 400, 499],
  }),
  'chunks and a length': ({ key }) => ({
    text: post(
      key,
      'Transfer-Encoding: chunked\r\nContent-Length: 3',
      `14\r\n${json}\r\n0\r\n\r\n`,
    ),
    statuses: [400],
  }),
  'an unknown transfer encoding': ({ key }) => ({
    text: post(key, 'Transfer-Encoding: gzip', json),
    statuses: [400, 0],
  }),
  'a promise to wait for 100': ({ key }) => ({
    text: post(key, `Expect: 100-continue\r\nContent-Length: ${json.length}`, json),
    statuses: [100, 201],
  }),
  'an upgrade': () => ({
    text: `GET /health HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    statuses: [200, 0],
  }),
  'two requests at once': () => ({
    text: `GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /api/v1/charts HTTP/1.1\r\n${host}\r\n`,
    statuses: [200],
  }),
  'a request that stops': ({ chance }) => ({
    text: `GET /health HTTP/1.1\r\n${host}\r\n`.slice(0, 1 + chance.below(40)),
    statuses: [0, 400],
  }),
}

function post(key: string, framing: string, body: string): string {
  const head = `${host}X-Api-Key: ${key}\r\nContent-Type: application/json\r\n${framing}`
  return `POST /api/v1/charts HTTP/1.1\r\n${head}\r\n\r\n${body}`
}

/** Some bytes to send; what succeeds happens in that workspace. */
export function inventRaw(chance: Chance, { secret }: Workspace): RawRequest {
  const name = chance.pick(Object.keys(recipes))
  const { text, statuses } = recipes[name]?.({ key: secret, chance }) ?? { text: '', statuses: [] }
  return { name, statuses, bytes: typeof text === 'string' ? Buffer.from(text, 'latin1') : text }
}
