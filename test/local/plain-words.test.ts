import { expect, test } from 'vitest'
import { inWords } from '../../local/plain-words.ts'

/** An error as the system makes it. */
function systemError(code: string, facts: object): Error {
  return Object.assign(new Error(`connect ${code}`), { code, ...facts })
}

test.each([
  [
    systemError('ECONNREFUSED', { address: '127.0.0.1', port: 1 }),
    'nothing answers at 127.0.0.1:1',
  ],
  [systemError('ETIMEDOUT', { address: '10.0.0.1', port: 8000 }), '10.0.0.1:8000 does not answer'],
  [systemError('ENOTFOUND', { hostname: 'nowhere' }), 'there is no host called nowhere'],
])('%s is said in words', (failure, words) => {
  expect(inWords(failure)).toBe(words)
})

test('an address that is no URL is named', () => {
  let failure: unknown
  try {
    new URL('nonsense')
  } catch (error) {
    failure = error
  }
  expect(inWords(failure)).toBe('nonsense is no URL')
})

test('a port that may not be used is named, with those that may', () => {
  const failure = Object.assign(new Error('listen EACCES: permission denied 127.0.0.1:80'), {
    code: 'EACCES',
    syscall: 'listen',
    port: 80,
  })
  expect(inWords(failure)).toBe('Port 80 may not be used by this user: ports from 1024 on may')
})

test('of several addresses that failed the first is told', () => {
  const refused = (address: string) =>
    Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', address, port: 1 })
  const failure = new AggregateError([refused('::1'), refused('127.0.0.1')])
  expect(inWords(failure)).toBe('nothing answers at ::1:1')
})

test('what has no words here is told as it came', () => {
  expect([inWords(new Error('as it came')), inWords('a text')]).toEqual(['as it came', 'a text'])
})
