import { expect, expectTypeOf, test } from 'vitest'
import { defined } from '../../lib/defined.ts'

test('what is undefined is left out, in the order of the rest', () => {
  const fields = defined({ label: 'A-1', orderId: undefined, holdToken: 't' })
  expect(fields).toStrictEqual({ label: 'A-1', holdToken: 't' })
  expect(Object.keys(fields)).toEqual(['label', 'holdToken'])
})

test('null, false, zero and the empty text are values', () => {
  const fields = { name: null, isActive: false, cap: 0, description: '' }
  expect(defined(fields)).toStrictEqual(fields)
})

test('the given object stays as it is', () => {
  const fields = { orderId: undefined }
  expect(defined(fields)).toStrictEqual({})
  expect(fields).toStrictEqual({ orderId: undefined })
})

test('a field that may be undefined becomes an optional one', () => {
  const orderId = undefined as string | undefined
  expectTypeOf({ ...defined({ label: 'A-1', orderId }) }).toEqualTypeOf<{
    label: string
    orderId?: string
  }>()
})
