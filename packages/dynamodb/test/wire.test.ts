import { crc32 } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { key, raw, startTable, startWire } from './support.ts'

const coral = 'com.amazon.coral.service#'
const put = 'DynamoDB_20120810.PutItem'
const body = { TableName: 'seats', Item: key('a') }

describe('the wire', () => {
  test('answers with the content type asked in, a request id and a checksum', async () => {
    const { url } = await startTable()
    const text = JSON.stringify(body)
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0; charset=utf-8',
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'x-amz-date': '20261123T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=c',
      },
      body: text,
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[A-Z0-9]{52}$/)
    const answer = await response.text()
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(answer)))
    expect(JSON.parse(answer)).toEqual({ TableNames: ['seats'] })
  })

  test.each([
    'DynamoDB_20120810.ImportTable',
    'DynamoDB_20120810.toString',
    'DynamoDBStreams_20120810.PutItem',
    'Nonsense',
    '',
  ])('refuses the unknown operation "%s"', async (target) => {
    const { url } = await startWire()
    const answer = await raw(url, target)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({ __type: `${coral}UnknownOperationException` })
  })

  test('refuses what is not JSON, and JSON of wrong types', async () => {
    const { url } = await startTable()
    const refused = async (text: unknown) => (await raw(url, put, { body: text })).body
    expect(await refused('{')).toEqual({ __type: `${coral}SerializationException` })
    expect(await refused('')).toEqual({ __type: `${coral}SerializationException` })
    expect(await refused('[]')).toEqual({ __type: `${coral}SerializationException` })
    expect(await refused({ ...body, TableName: 5 })).toEqual({
      __type: `${coral}SerializationException`,
      Message: 'NUMBER_VALUE cannot be converted to String',
    })
    expect(await refused({ ...body, Item: { a: 'x' } })).toEqual({
      __type: `${coral}SerializationException`,
      Message: 'Unexpected value type in payload',
    })
  })

  test('refuses a request that is not signed, or not wholly', async () => {
    const { url } = await startTable()
    const signed = (authorization: string) => raw(url, put, { body, headers: { authorization } })
    expect((await signed('Basic x')).body).toEqual({
      __type: `${coral}MissingAuthenticationTokenException`,
      message: 'Request is missing Authentication Token',
    })
    const partly = await signed('AWS4-HMAC-SHA256 Credential=a')
    expect(partly.status).toBe(400)
    expect(partly.body).toEqual({
      __type: `${coral}IncompleteSignatureException`,
      message:
        "Authorization header requires 'Signature' parameter. Authorization header requires " +
        "'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 Credential=a",
    })
  })

  test('answers other methods and content types as the service does', async () => {
    const { url } = await startTable()
    const healthy = await fetch(url)
    expect(await healthy.text()).toMatch(/^healthy: /)
    const deleted = await fetch(url, { method: 'DELETE' })
    expect(deleted.status).toBe(404)
    expect(await deleted.text()).toBe('<UnknownOperationException/>\n')
    const xml = await raw(url, put, { body, headers: { 'content-type': 'text/xml' } })
    expect(xml.status).toBe(404)
  })

  test('refuses a body above 16 MB', async () => {
    const { url } = await startTable()
    const large = await raw(url, put, { body: 'x'.repeat(16 * 1024 * 1024 + 1) })
    expect(large.status).toBe(413)
  })
})
