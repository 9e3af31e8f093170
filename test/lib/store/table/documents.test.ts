import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb'
import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAttribute, writeAttribute } from '../../../../lib/store/table/attributes.ts'
import { openDocuments, UNNEEDED } from '../../../../lib/store/table/documents.ts'

const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
  fc.constantFrom(0, -0, 1e-7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
)

/** All that is stored, and what could be. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined, 2n ** 60n),
    fc.uint8Array({ minLength: 1 }),
    fc.uniqueArray(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
  ),
}))

const options = { removeUndefinedValues: true }

test('every value is written and read as the SDK does it', () => {
  fc.assert(
    fc.property(value, (it) => {
      fc.pre(it !== undefined)
      const written = convertToAttr(it, options)
      expect(writeAttribute(it)).toEqual(written)
      expect(readAttribute(written)).toEqual(convertToNative(written))
    }),
    { seed: 1 },
  )
})

test.each([NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), new Date(), undefined])(
  '%s is refused as the SDK refuses it',
  (it) => {
    expect(() => convertToAttr(it as never, options)).toThrow()
    expect(() => writeAttribute(it)).toThrow()
  },
)

test.each([{ N: '9007199254740993' }, { BS: [new Uint8Array([1])] }, { NS: ['1', '2'] }])(
  '%j is read as the SDK reads it',
  (attribute) => {
    expect(readAttribute(attribute)).toEqual(convertToNative(attribute as AttributeValue))
  },
)

const answer = new TextEncoder().encode('{}')

test('a client makes one chain of middleware for all commands of a kind, without what nobody needs', async () => {
  const bodies: unknown[] = []
  const handle = ({ body }: { body: string }) => {
    bodies.push(JSON.parse(body))
    return Promise.resolve({ response: { statusCode: 200, headers: {}, body: answer } })
  }
  const config = {
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: { handle } as never,
  }
  const client = openDocuments({ attemptsMax: 1, config })
  let chains = 0
  client.middlewareStack.add((next) => {
    chains += 1
    return next
  })
  const keys = ['1', '2', '3'].map((sk) => ({ pk: 'S', sk }))
  for (const key of keys) {
    await client.send(new GetCommand({ TableName: 'table', Key: key }))
    await client.send(new PutCommand({ TableName: 'table', Item: key }))
  }
  expect(chains).toBe(2)
  expect(bodies).toMatchObject(
    keys.flatMap(({ pk, sk }) => {
      const key = { pk: { S: pk }, sk: { S: sk } }
      return [{ Key: key }, { Item: key }]
    }),
  )
  const names = client.middlewareStack.identify().map((line) => line.split(' ')[0])
  expect(
    names.filter((name) => (UNNEEDED as readonly (string | undefined)[]).includes(name)),
  ).toEqual([])
})
