import { expect, test } from 'vitest'
import { send, sendBytes } from '../support/http.ts'
import { start } from '../support/local-server.ts'

test('each request is one line: method, path without query, status, milliseconds, id', async () => {
  const { url, lines } = await start()
  const reply = await send(url, '/events/e1/seats/A%201?holdToken=secret', {
    headers: { authorization: 'Bearer sk_test_secret' },
  })
  const requestId = reply.headers['x-amzn-requestid']
  const path = '/events/e1/seats/A%201'
  expect(lines).toEqual([
    { level: 'info', message: 'request', requestId, method: 'GET', path, status: 200, ms: 0 },
  ])
})

test.each([
  ['a token in a path variable', '/hold-tokens/secret', '/hold-tokens/[hidden]'],
  ['a token beside no such word', '/held-by/secret', '/held-by/[hidden]'],
  ['a token on an unknown path', '/v9/hold-token/secret/x', '/v9/hold-token/[hidden]/x'],
  ['a key as a segment', '/v9/sk_test_secret', '/v9/[hidden]'],
  ['an escaped key', '/v9/%73k%5Ftest_secret', '/v9/[hidden]'],
  ['a key in an absolute form', 'http://pk_live_secret@a/v9', '/v9'],
])('%s never reaches the log', async (_, target, shown) => {
  const { url, lines } = await start()
  await sendBytes(url, `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`)
  expect(JSON.stringify(lines)).not.toContain('secret')
  expect(lines).toMatchObject([{ path: shown }])
})
