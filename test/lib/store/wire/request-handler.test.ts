import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, expect, test } from 'vitest'
import { openDocuments } from '../../../../lib/store/table/documents.ts'
import { tableRequests } from '../../../../lib/store/wire/request-handler.ts'

// Real sockets, on loopback: what a table does that answers, hangs, hangs up or answers half.

let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

/** A client of a table that answers so. */
async function clientOf(answer: RequestListener, { answerMs = 2_000, attemptsMax = 1 } = {}) {
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const opened = createServer((request, response) => {
    sockets.add(request.socket)
    requests.push(request.headers['authorization'] ?? '')
    answer(request, response)
  })
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const { port } = opened.address() as AddressInfo
  const client = openDocuments({
    attemptsMax,
    config: {
      region: 'eu-central-1',
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      requestHandler: tableRequests({ connectMs: 1_000, answerMs, socketsMax: 4 }),
    },
  })
  const get = () => client.send(new GetCommand({ TableName: 'table', Key: { pk: 'S' } }))
  const put = (item: object) => client.send(new PutCommand({ TableName: 'table', Item: item }))
  return { get, put, sockets, requests }
}

const found = JSON.stringify({ Item: { pk: { S: 'S' }, text: { S: 'ü'.repeat(100_000) } } })

test('requests are signed, answered whole, and go over one connection after the other', async () => {
  const { get, sockets, requests } = await clientOf((_, response) => {
    for (let at = 0; at < found.length; at += 10_000) response.write(found.slice(at, at + 10_000))
    response.end()
  })
  for (let time = 1; time <= 3; time += 1) {
    expect((await get()).Item?.['text']).toBe('ü'.repeat(100_000))
  }
  expect(sockets.size).toBe(1)
  expect(requests).toHaveLength(3)
  expect(requests.every((text) => text.startsWith('AWS4-HMAC-SHA256 '))).toBe(true)
})

test('a refusal of the table is thrown by its name', async () => {
  const { get } = await clientOf((_, response) => {
    response.writeHead(400).end(JSON.stringify({ __type: 'x#ValidationException', message: 'no' }))
  })
  await expect(get()).rejects.toMatchObject({
    name: 'ValidationException',
    $metadata: { httpStatusCode: 400 },
  })
})

test.each([
  ['does not answer', () => undefined],
  ['hangs up', (request) => void request.socket.destroy()],
  [
    'hangs up in the middle of its answer',
    (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"Item":', () => {
        request.socket.destroy()
      })
    },
  ],
  [
    'stops in the middle of its answer',
    (_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"Item":')
    },
  ],
] satisfies [string, RequestListener][])('a table that %s is a lost answer', async (_, answer) => {
  const { get, requests } = await clientOf(answer, { answerMs: 100 })
  await expect(get()).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(requests).toHaveLength(1)
})

test('what got lost is asked again by a client that may', async () => {
  let times = 0
  const { get } = await clientOf(
    (request, response) => {
      times += 1
      if (times === 1) request.socket.destroy()
      else response.end('{}')
    },
    { attemptsMax: 2 },
  )
  expect(await get()).toMatchObject({})
  expect(times).toBe(2)
})

/** What signs a request, worked out anew from the rules that AWS tells. */
function signatureOf({ method, url, headers }: IncomingMessage, body: Buffer): string {
  const [, date = '', region = '', service = '', names = ''] =
    /Credential=[^/]+\/(\d+)\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+)/.exec(
      headers.authorization ?? '',
    ) ?? []
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const request = [method, url, '', lines.join(''), names, sha256(body)].join('\n')
  const scope = [date, region, service, 'aws4_request']
  const key = scope.reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    'AWS4secret',
  )
  const time = String(headers['x-amz-date'])
  const text = ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(request)].join('\n')
  return createHmac('sha256', key).update(text).digest('hex')
}

test('each request is signed by its own words and time, those of a table that gave another time too', async () => {
  const bodies: unknown[] = []
  const areSigned: boolean[] = []
  const times: string[] = []
  const { put } = await clientOf((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      bodies.push(JSON.parse(body.toString()))
      const { authorization = '' } = request.headers
      areSigned.push(authorization.endsWith(`Signature=${signatureOf(request, body)}`))
      times.push(String(request.headers['x-amz-date']).slice(0, 8))
      response.setHeader('Date', 'Thu, 01 Jan 2037 00:10:00 GMT')
      response.end('{}')
    })
  })
  await put({ pk: 'ü', bytes: Buffer.from('bytes'), left: undefined })
  await put({ pk: '2', number: 2 })
  expect(areSigned).toEqual([true, true])
  expect(bodies).toMatchObject([
    { TableName: 'table', Item: { pk: { S: 'ü' }, bytes: { B: 'Ynl0ZXM=' } } },
    { Item: { pk: { S: '2' }, number: { N: '2' } } },
  ])
  expect(times[1]).toBe('20370101')
})
